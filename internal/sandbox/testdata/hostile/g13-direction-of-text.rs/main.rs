fn main() {
    /* ‮ } ⁦if (0)⁩ ⁦ */
    println!("ok");
}
