(let* ((n (read))
       (held (loop repeat n
                   collect (make-array 1048576 :element-type '(unsigned-byte 8) :initial-element 1))))
  (format t "~d~%" (length held)))
