#lang racket/base
(require racket/string)

(displayln
 (for*/sum ([line (in-lines)]
            [word (in-list (string-split line))])
   (string->number word)))
