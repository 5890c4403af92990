let () =
  let n = Scanf.scanf " %d" (fun n -> n) in
  let held = Array.init n (fun _ -> Bytes.make 1048576 'x') in
  Printf.printf "%d\n" (Array.length held)
