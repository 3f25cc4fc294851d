fn main() {
    let f = std::env::args().nth(1).unwrap();
    let p = published::read::document(&f, &std::fs::read(&f).unwrap()).unwrap();
    print!("{}", published::outline::text(&p));
    for d in &p.doubts {
        println!("DOUBT {:?} {} {:?}", d.section, d.text.as_str(), d.what);
    }
    for h in &p.headings {
        println!("HEAD {:?} {} {}", h.section, h.text.as_str(), h.in_summary);
    }
    let t = std::time::Instant::now();
    let b = std::fs::read(&f).unwrap();
    for _ in 0..20 {
        std::hint::black_box(published::read::document(&f, &b).unwrap());
    }
    println!("time {:?}", t.elapsed() / 20);
}
