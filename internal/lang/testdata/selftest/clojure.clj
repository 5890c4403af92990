(let [in (java.io.StreamTokenizer. (java.io.BufferedReader. *in*))]
  (loop [sum 0]
    (if (= (.nextToken in) java.io.StreamTokenizer/TT_EOF)
      (println sum)
      (recur (+ sum (long (.nval in)))))))
