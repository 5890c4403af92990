MODULE main;

FROM SYSTEM IMPORT ADR;
FROM libc IMPORT read, printf;

VAR
  buffer: ARRAY [0..4095] OF CHAR;
  sum, n: LONGINT;
  have, i: INTEGER;

BEGIN
  sum := 0;
  n := 0;
  LOOP
    have := read(0, ADR(buffer), SIZE(buffer));
    IF have <= 0 THEN EXIT END;
    FOR i := 0 TO have - 1 DO
      IF (buffer[i] >= '0') AND (buffer[i] <= '9') THEN
        n := n * 10 + VAL(LONGINT, ORD(buffer[i]) - ORD('0'))
      ELSE
        sum := sum + n;
        n := 0
      END
    END
  END;
  printf("%ld\n", sum + n)
END main.
