// try: embeds what the assembler can open: users, environment, mounts, others' files; prints what is not the box's own
// want: AC or CE
#include <cstdio>
#include <cstring>
#define embed(name, path) __asm__(".data\n" #name ": .incbin \"" path "\"\n.byte 0\n" #name "_end:\n.text"); extern "C" const char name[], name##_end[];
embed(users, "/etc/passwd")
embed(environment, "/proc/self/environ")
embed(mounts, "/proc/self/mountinfo")
embed(me, "/proc/self/cmdline")
int main() {
    struct { const char *from, *to; } all[] = {{users, users_end}, {environment, environment_end}, {mounts, mounts_end}, {me, me_end}};
    const char *words[] = {"root:", "/root", "/home", "SECRET", "TOKEN", "DEEMSTER", "PASSWORD", "deemster-box"};
    bool bad = users_end - users < 10;
    for (auto &part : all)
        for (auto word : words)
            for (const char *p = part.from; p < part.to; p++)
                if (!std::strncmp(p, word, std::strlen(word))) bad = std::printf("embedded: %s\n", p);
    if (!bad) std::puts("ok");
}
