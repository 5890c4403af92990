// try: makes an executable of 4 GiB by initialising the last element of an array
// want: CE
// limits: compile=3s
main[-1u] = {1};
