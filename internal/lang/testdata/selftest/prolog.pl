:- use_module(library(readutil)).

main :-
    sum(0, Sum),
    write(Sum),
    nl.

sum(Sum0, Sum) :-
    read_line_to_string(user_input, Line),
    (   Line == end_of_file
    ->  Sum = Sum0
    ;   split_string(Line, " ", " ", Words),
        foldl(add, Words, Sum0, Sum1),
        sum(Sum1, Sum)
    ).

add("", Sum, Sum) :- !.
add(Word, Sum0, Sum) :-
    number_string(N, Word),
    Sum is Sum0 + N.
