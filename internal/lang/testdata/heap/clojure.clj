(let [n (Integer/parseInt (.trim (read-line)))
      held (vec (repeatedly n #(byte-array 1048576)))]
  (println (count held)))
