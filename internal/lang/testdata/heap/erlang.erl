-module(main).
-export([main/0]).

main() ->
    {ok, [N]} = io:fread("", "~d"),
    Held = [binary:copy(<<"x">>, 1048576) || _ <- lists:seq(1, N)],
    io:format("~b~n", [length(Held)]).
