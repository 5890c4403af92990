-module(main).
-export([main/0]).

main() ->
    ok = io:setopts(standard_io, [binary]),
    io:format("~b~n", [sum(0)]).

sum(Sum) ->
    case file:read_line(standard_io) of
        {ok, Line} ->
            Words = binary:split(Line, [<<" ">>, <<"\n">>], [global, trim_all]),
            sum(lists:foldl(fun(Word, S) -> S + binary_to_integer(Word) end, Sum, Words));
        eof ->
            Sum
    end.
