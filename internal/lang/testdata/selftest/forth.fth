create line 4096 allot

: number ( c-addr u -- n ) 0. 2swap >number 2drop drop ;

: words+ ( sum c-addr u -- sum )
  begin
    bl skip dup
  while
    2dup bl scan 2over 2 pick - number
    >r 2nip rot r> + -rot
  repeat 2drop ;

: main ( -- )
  0 begin
    line 4096 stdin read-line throw
  while
    line swap words+
  repeat drop 0 .r cr ;

main bye
