<?php
$n = (int) fgets(STDIN);
$held = [];
for ($i = 0; $i < $n; $i++) {
    $held[] = str_repeat('x', 1040000);
}
echo count($held), "\n";
