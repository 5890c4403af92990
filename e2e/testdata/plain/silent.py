# expect: WA
