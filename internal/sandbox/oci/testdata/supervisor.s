# The container's first process: see supervisor.go, which has what this assembles to.
.intel_syntax noprefix
start:
  mov rbp, rsp            # [rbp] argc, [rbp+16] the program's path
  sub rsp, 256
  mov edi, 4              # PR_SET_DUMPABLE
  xor esi, esi
  mov eax, 157            # prctl
  syscall
  mov edi, 3              # from 3
  or esi, -1              # all,
  mov edx, 4              # CLOSE_RANGE_CLOEXEC
  mov eax, 436            # close_range
  syscall
  mov qword ptr [rsp], 0x10000 # SIGCHLD
  xor edi, edi            # SIG_BLOCK
  mov rsi, rsp
  xor edx, edx
  mov r10d, 8
  mov eax, 14             # rt_sigprocmask
  syscall
  or edi, -1
  mov edx, 8
  mov r10d, 0x80000       # SFD_CLOEXEC
  mov eax, 289            # signalfd4
  syscall
  mov r12d, eax
  and qword ptr [rsp], 0
  mov edi, 3
  mov edx, 4
  mov eax, 1              # write: ready
  syscall
  mov edi, 4
  mov edx, 1
  xor eax, eax            # read: go
  syscall
  cmp eax, 1
  jne gone
  mov eax, 57             # fork
  syscall
  test eax, eax
  jz child
  js failed
  mov ebx, eax
sleep:                    # until somebody dies, or the other end of 4 closes
  mov [rsp], r12d
  mov dword ptr [rsp+4], 1 # POLLIN
  mov dword ptr [rsp+8], 4
  and dword ptr [rsp+12], 0
  mov rdi, rsp
  mov esi, 2
  or edx, -1
  mov eax, 7              # poll
  syscall
  cmp word ptr [rsp+14], 0
  jne gone
  cmp word ptr [rsp+6], 0
  je sleep
  mov edi, r12d
  lea rsi, [rsp+16]
  mov edx, 128
  xor eax, eax            # read
  syscall
reap:
  or edi, -1
  mov rsi, rsp
  mov edx, 1              # WNOHANG
  xor r10d, r10d
  mov eax, 61             # wait4
  syscall
  test eax, eax
  jle sleep
  cmp eax, ebx
  jne reap
tell:
  mov edi, 3
  mov rsi, rsp
  mov edx, 4
  mov eax, 1              # write
  syscall
gone:
  xor edi, edi
  mov eax, 231            # exit_group
  syscall
child:
  mov edi, 2              # SIG_SETMASK
  mov rsi, rsp            # still zero
  xor edx, edx
  mov r10d, 8
  mov eax, 14             # rt_sigprocmask
  syscall
  mov eax, 112            # setsid
  syscall
  mov edi, 5
  xor esi, esi
dup:                      # 5 to 7 become 0 to 2
  mov eax, 33             # dup2
  syscall
  cmp eax, esi
  jne failed
  inc edi
  inc esi
  cmp esi, 3
  jne dup
  mov edi, 1              # prisonerID
  mov esi, edi
  mov edx, edi
  mov eax, 119            # setresgid
  syscall
  test eax, eax
  jnz failed
  mov eax, 117            # setresuid
  syscall
  test eax, eax
  jnz failed
  mov edi, 1              # SECCOMP_SET_MODE_FILTER
  xor esi, esi
  mov edx, 0x600000       # the data
  mov eax, 317            # seccomp
  syscall
  test eax, eax
  jnz failed
  mov rdi, [rbp+16]
  lea rsi, [rbp+16]
  mov rdx, [rbp]
  lea rdx, [rbp+rdx*8+16] # the environment
  mov eax, 59             # execve
  syscall
  mov [rsp], eax
  jmp tell
failed:
  sub eax, 4096           # notExec
  mov [rsp], eax
  jmp tell
