(use-modules (ice-9 rdelim))

(define (add-words line sum)
  (let loop ((words (string-tokenize line)) (sum sum))
    (if (null? words)
        sum
        (loop (cdr words) (+ sum (string->number (car words)))))))

(let loop ((sum 0))
  (let ((line (read-line)))
    (if (eof-object? line)
        (begin (display sum) (newline))
        (loop (add-words line sum)))))
