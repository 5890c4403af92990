with Ada.Integer_Text_IO;
with Ada.Text_IO;

procedure Main is
   type Number is range -2**62 .. 2**62;
   package Number_IO is new Ada.Text_IO.Integer_IO (Number);

   Sum  : Number := 0;
   Item : Integer;
begin
   loop
      Ada.Integer_Text_IO.Get (Item);
      Sum := Sum + Number (Item);
   end loop;
exception
   when Ada.Text_IO.End_Error =>
      Number_IO.Put (Sum, Width => 0);
      Ada.Text_IO.New_Line;
end Main;
