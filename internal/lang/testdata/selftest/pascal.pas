program SelfTest;
var
  sum, n: int64;
begin
  sum := 0;
  while not SeekEof do
  begin
    Read(n);
    sum := sum + n;
  end;
  WriteLn(sum);
end.
