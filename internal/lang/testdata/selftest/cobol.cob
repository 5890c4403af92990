identification division.
program-id. sum-of-all.
environment division.
input-output section.
file-control.
    select number-file assign to keyboard organization is line sequential.
data division.
file section.
fd number-file.
01 a-line pic x(80).
working-storage section.
01 first-word pic x(20).
01 second-word pic x(20).
01 total pic s9(18) comp-5 value 0.
01 shown pic z(17)9.
01 at-end pic 9 value 0.
procedure division.
    open input number-file
    perform until at-end = 1
        read number-file
            at end move 1 to at-end
            not at end perform add-line
        end-read
    end-perform
    move total to shown
    display function trim(shown)
    stop run.
add-line.
    move spaces to first-word second-word
    unstring a-line delimited by all space into first-word second-word
    if first-word not = spaces
        add function numval(first-word) to total
    end-if
    if second-word not = spaces
        add function numval(second-word) to total
    end-if.
