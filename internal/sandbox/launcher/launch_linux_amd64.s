#include "textflag.h"

// Numbers of system calls.
#define SYS_write       1
#define SYS_dup3        292
#define SYS_getpid      39
#define SYS_recvmsg     47
#define SYS_clone       56
#define SYS_execve      59
#define SYS_exit        60
#define SYS_chdir       80
#define SYS_setsid      112
#define SYS_fcntl       72
#define SYS_exit_group  231
#define SYS_prlimit64   302
#define SYS_close_range 436
#define SYS_landlock_restrict_self 446

// Where things are in the launcher's memory: launcher.go lays it out.
#define BASE         $0x600000
#define CONTROLLEN   40(BX)  // of the message's header, which is at the beginning
#define STDIN        112(BX) // the three descriptors that came with a message
#define STDOUT       116(BX)
#define STDERR       120(BX)
#define RULES        124(BX) // and a fourth, if RULED says so
#define REPLY_PID    128(BX)
#define REPLY_STEP   136(BX)
#define REPLY_ERRNO  140(BX)
#define PATH         4096(BX) // the message itself
#define ARGV         4104(BX)
#define ENVP         4112(BX)
#define DIR          4120(BX)
#define RULED        4128(BX)
#define LIMITS       4136(BX) // the address of resource, soft, hard; resource, …
#define LIMIT_COUNT  4144(BX)
#define NUMBER       4152(BX) // the process number to have, or 0

// What the child was doing when it failed: see steps in launcher.go.
#define STEP_FORK    1
#define STEP_STDIO   2
#define STEP_SESSION 3
#define STEP_DIR     4
#define STEP_LIMITS  5
#define STEP_RULES   6
#define STEP_EXEC    7
#define STEP_NUMBER  8

// fork, sharing memory and waiting until the child has become another program; the child
// belongs to the launcher's own parent.
#define VFORK_FLAGS  $0xc111 // CLONE_VM|CLONE_VFORK|CLONE_PARENT|SIGCHLD

// func code() (address uintptr)
TEXT ·code(SB), NOSPLIT, $0-8
	LEAQ ·launch(SB), AX
	MOVQ AX, address+0(FP)
	RET

// launch is the whole program of the launcher. It is not called here: a copy of it is
// executed as a process of its own. It uses no stack. BX is the address of its data.
TEXT ·launch(SB), NOSPLIT|NOFRAME, $0
	MOVQ BASE, BX
	MOVQ $3, DI // the socket is not for those that are started
	MOVQ $2, SI // F_SETFD
	MOVQ $1, DX // FD_CLOEXEC
	MOVQ $SYS_fcntl, AX
	SYSCALL
	TESTQ AX, AX
	JLT  quit
next:
	MOVQ $32, CONTROLLEN
	MOVQ $3, DI
	MOVQ BX, SI
	MOVQ $0x40000000, DX // MSG_CMSG_CLOEXEC
	MOVQ $SYS_recvmsg, AX
	SYSCALL
	CMPQ AX, $0
	JLE  quit // the other end is closed
	MOVQ $0, REPLY_STEP // and REPLY_ERRNO
	MOVQ VFORK_FLAGS, DI
	XORQ SI, SI
	XORQ DX, DX
	XORQ R10, R10
	XORQ R8, R8
	MOVQ $SYS_clone, AX
	SYSCALL
	TESTQ AX, AX
	JEQ  child
	MOVQ AX, REPLY_PID
	JGT  reply
	NEGL AX
	MOVL AX, REPLY_ERRNO
	MOVL $STEP_FORK, REPLY_STEP
reply:
	MOVQ $4, DI // what came with the message
	MOVQ $0x7fffffff, SI
	XORQ DX, DX
	MOVQ $SYS_close_range, AX
	SYSCALL
	MOVQ $3, DI
	LEAQ REPLY_PID, SI
	MOVQ $16, DX
	MOVQ $SYS_write, AX
	SYSCALL
	CMPQ AX, $16
	JEQ  next
quit:
	XORQ DI, DI
	MOVQ $SYS_exit_group, AX
	SYSCALL

child:
	CMPQ NUMBER, $0
	JEQ  numbered
	MOVQ $STEP_NUMBER, R14
	MOVQ $SYS_getpid, AX
	SYSCALL
	CMPQ AX, NUMBER
	MOVQ $-11, AX // EAGAIN
	JNE  failed
numbered:
	MOVQ $STEP_STDIO, R14
	MOVL STDIN, DI
	XORQ SI, SI
	XORQ DX, DX
	MOVQ $SYS_dup3, AX
	SYSCALL
	TESTQ AX, AX
	JLT  failed
	MOVL STDOUT, DI
	MOVQ $1, SI
	MOVQ $SYS_dup3, AX
	SYSCALL
	TESTQ AX, AX
	JLT  failed
	MOVL STDERR, DI
	MOVQ $2, SI
	MOVQ $SYS_dup3, AX
	SYSCALL
	TESTQ AX, AX
	JLT  failed
	MOVQ $STEP_SESSION, R14
	MOVQ $SYS_setsid, AX
	SYSCALL
	TESTQ AX, AX
	JLT  failed
	MOVQ $STEP_DIR, R14
	MOVQ DIR, DI
	MOVQ $SYS_chdir, AX
	SYSCALL
	TESTQ AX, AX
	JLT  failed
	MOVQ $STEP_LIMITS, R14
	MOVQ LIMITS, R12
	MOVQ LIMIT_COUNT, R13
limit:
	TESTQ R13, R13
	JEQ  limited
	XORQ DI, DI
	MOVQ (R12), SI
	LEAQ 8(R12), DX
	XORQ R10, R10
	MOVQ $SYS_prlimit64, AX
	SYSCALL
	TESTQ AX, AX
	JLT  failed
	ADDQ $24, R12
	DECQ R13
	JMP  limit
limited:
	CMPQ RULED, $0
	JEQ  execute
	MOVQ $STEP_RULES, R14
	MOVL RULES, DI
	XORQ SI, SI
	MOVQ $SYS_landlock_restrict_self, AX
	SYSCALL
	TESTQ AX, AX
	JLT  failed
execute:
	MOVQ $STEP_EXEC, R14
	MOVQ PATH, DI
	MOVQ ARGV, SI
	MOVQ ENVP, DX
	MOVQ $SYS_execve, AX
	SYSCALL
failed:
	NEGL AX
	MOVL AX, REPLY_ERRNO
	MOVL R14, REPLY_STEP
	MOVQ $127, DI
	MOVQ $SYS_exit, AX
	SYSCALL
	// The end of what is copied: an instruction that nobody reaches, and a mark.
	UD2
	QUAD $0x646e652d65646f63 // "code-end"
	RET
