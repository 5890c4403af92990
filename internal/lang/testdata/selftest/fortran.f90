program sum_of_all
  use iso_fortran_env, only: int64
  implicit none
  character(len=80) :: line
  integer(int64) :: total, numbers(2)
  integer :: status

  total = 0
  do
    read (*, '(a)', iostat=status) line
    if (status /= 0) exit
    numbers = 0
    read (line, *, iostat=status) numbers
    total = total + sum(numbers)
  end do
  print '(i0)', total
end program
