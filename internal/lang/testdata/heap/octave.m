n = fscanf(stdin, "%d");
held = cell(1, n);
for i = 1:n
  held{i} = ones(1, 131072) * 1.5;
end
printf("%d\n", numel(held));
