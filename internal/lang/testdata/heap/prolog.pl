:- use_module(library(readutil)).

main :-
    read_line_to_string(user_input, Line),
    number_string(Asked, Line),
    hold(Asked, Held),
    length(Held, N),
    write(N),
    nl.

hold(0, []) :- !.
hold(N, [Piece|Held]) :-
    numlist(1, 43690, Piece), % three words a member: 1 MiB
    N1 is N - 1,
    hold(N1, Held).
