(defun add-words (line sum)
  (let ((position 0))
    (loop
      (multiple-value-bind (n end) (parse-integer line :start position :junk-allowed t)
        (unless n (return sum))
        (incf sum n)
        (setf position end)))))

(defun main ()
  (let ((sum 0))
    (loop for line = (read-line *standard-input* nil)
          while line do (setf sum (add-words line sum)))
    (format t "~d~%" sum)))

(main)
