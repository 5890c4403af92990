# The parent of a run's processes: see supervisor.go, which has what this assembles to.
.intel_syntax noprefix
start:
  mov rbp, rsp
  push 0                  # room for a wait status
  mov edi, 36             # PR_SET_CHILD_SUBREAPER
  mov esi, 1
  mov eax, 157            # prctl
  syscall
  mov edi, 8
  mov esi, 2              # F_SETFD
  mov edx, 1              # FD_CLOEXEC
  mov eax, 72             # fcntl
  syscall
  mov eax, 57             # fork
  syscall
  test eax, eax
  jz child
  js gone
  mov ebx, eax
  xor edi, edi            # from 0
  mov esi, 7              # to 7
  xor edx, edx
  mov eax, 436            # close_range
  syscall
reap:
  or edi, -1
  mov rsi, rsp
  xor edx, edx
  xor r10d, r10d
  mov eax, 61             # wait4
  syscall
  cmp eax, ebx
  je tell
  cmp eax, -10            # ECHILD
  jne reap
gone:
  xor edi, edi
  mov eax, 231            # exit_group
  syscall
tell:
  mov edi, 8
  mov rsi, rsp
  mov edx, 4
  mov eax, 1              # write
  syscall
  mov edi, 8
  mov eax, 3              # close
  syscall
  jmp reap
child:
  mov rdi, [rbp+16]
  lea rsi, [rbp+16]
  mov rdx, [rbp]
  lea rdx, [rbp+rdx*8+16] # the environment
  mov eax, 59             # execve
  syscall
  mov edi, 127
  mov eax, 231            # exit_group
  syscall
