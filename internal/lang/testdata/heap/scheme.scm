(use-modules (rnrs bytevectors) (srfi srfi-1))

(define n (read))
(define held (list-tabulate n (lambda (i) (make-bytevector 1048576 1))))
(display (length held))
(newline)
