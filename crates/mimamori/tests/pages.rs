//! Pages that were looked at and found good stand in `pages/`; what is printed today is laid beside them. `MIMAMORI_WRITE=1` puts
//! today's there: look at every one before it is committed.

#![cfg(feature = "pdf-output")]
#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pages: name, document, number.
const PAGES: [(&str, &str, u32); 6] = [
    ("summary", "m1-11-j-rmp", 1),
    ("concerns", "m1-11-j-rmp", 4),
    ("lists", "m1-11-j-rmp", 16),
    ("old-new", "m1-11-old-new", 1),
    ("calendar", "calendar", 3),
    ("evidence", "evidence", 1),
];

/// Dots an inch: words are grey, but every line and letter leaves its mark.
const RESOLUTION: &str = "48";
/// Most that a page may differ in the mean, in shades of 255: room for another version of poppler, which draws edges otherwise.
const MEAN: f64 = 1.5;
/// Side of the squares that are compared one by one, in dots: about a letter of a heading.
const SIDE: usize = 12;
/// Most that a square may differ in the mean. A letter that is another one, or a line that is missing, differs by more.
const SQUARE: f64 = 32.0;

/// A page in shades of grey.
struct Picture {
    width: usize,
    height: usize,
    shades: Vec<u8>,
}

fn read(path: &Path) -> Picture {
    let file = fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}; MIMAMORI_WRITE=1 writes it", path.display()));
    let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
    let samples = reader.output_color_type().0.samples();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut bytes).unwrap();
    assert_eq!(frame.bit_depth, png::BitDepth::Eight, "{}", path.display());
    // grey has the same red, green and blue
    let shades = bytes.chunks_exact(samples).map(|dot| dot[0]).collect();
    Picture { width: frame.width as usize, height: frame.height as usize, shades }
}

fn write(picture: &Picture, path: &Path) {
    let size = |length: usize| u32::try_from(length).unwrap();
    let mut encoder = png::Encoder::new(fs::File::create(path).unwrap(), size(picture.width), size(picture.height));
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(&picture.shades).unwrap();
}

/// How much two pages differ in the mean, and in the square that differs most, with its place. `None` for pages of other sizes.
fn difference(one: &Picture, other: &Picture) -> Option<(f64, f64, (usize, usize))> {
    if (one.width, one.height) != (other.width, other.height) {
        return None;
    }
    let apart = |x: usize, y: usize| f64::from(one.shades[y * one.width + x].abs_diff(other.shades[y * one.width + x]));
    let (mut sum, mut most, mut place) = (0.0, 0.0, (0, 0));
    for top in (0..one.height).step_by(SIDE) {
        for left in (0..one.width).step_by(SIDE) {
            let (bottom, right) = ((top + SIDE).min(one.height), (left + SIDE).min(one.width));
            let square: f64 = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y))).map(|(x, y)| apart(x, y)).sum();
            sum += square;
            let mean = square / ((bottom - top) * (right - left)) as f64;
            if mean > most {
                (most, place) = (mean, (left, top));
            }
        }
    }
    Some((sum / (one.width * one.height) as f64, most, place))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { fs::copy(&path, &target).map(drop).unwrap() }
    }
}

/// The example with a version before it: one submission less, and a sentence that was another one.
fn before(example: &Path, folder: &Path) {
    copy(example, folder);
    let plan = folder.join("plan.toml");
    let text = fs::read_to_string(&plan).unwrap();
    let (earlier, last) = text.rsplit_once("[[submission]]").unwrap();
    fs::write(&plan, format!("{earlier}{}", &last[last.find("\n[routine]").unwrap()..])).unwrap();
    let concern = folder.join("concerns/infection.md");
    let text = fs::read_to_string(&concern).unwrap();
    let (from, to) = ("死亡に至った例があり、", "重い経過をとった例があり、");
    assert!(text.contains(from));
    fs::write(&concern, text.replace(from, to)).unwrap();
}

#[test]
fn pages_look_as_they_did_when_they_were_reviewed() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let _ = fs::remove_dir_all(&root);
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/mihon");
    before(&example, &root.join("before"));
    for (out, against) in [("out", None), ("compared", Some(root.join("before")))] {
        let mut build = Command::new(env!("CARGO_BIN_EXE_mimamori"));
        build.args(["build", "--format", "pdf", "--as-of", "2025-12-04", "-o"]).arg(root.join(out)).arg(&example);
        if let Some(against) = against {
            build.args(["--document", "old-new", "--against"]).arg(against);
        }
        let built = build.output().unwrap();
        // 1: changes without a reason are told of
        assert!(matches!(built.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&built.stderr));
    }
    let renew = std::env::var_os("MIMAMORI_WRITE").is_some();
    let mut wrong = Vec::new();
    for (name, document, page) in PAGES {
        let folder = root.join(if document.ends_with("old-new") { "compared" } else { "out" });
        let today = root.join(name);
        let page = page.to_string();
        let drawn = Command::new("pdftoppm")
            .args(["-gray", "-png", "-singlefile", "-r", RESOLUTION, "-f", &page, "-l", &page])
            .arg(folder.join(format!("{document}.pdf")))
            .arg(&today)
            .output()
            .unwrap_or_else(|error| panic!("pdftoppm is needed; ./test installs it: {error}"));
        assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
        let today = today.with_extension("png");
        let reviewed: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(format!("{name}.png"));
        if renew {
            fs::create_dir_all(reviewed.parent().unwrap()).unwrap();
            write(&read(&today), &reviewed);
            continue;
        }
        match difference(&read(&today), &read(&reviewed)) {
            Some((mean, most, _)) if mean <= MEAN && most <= SQUARE => println!("{name}: {mean:.3}, at most {most:.1}"),
            Some((mean, most, (x, y))) => {
                wrong.push(format!("{name}: {mean:.2} in the mean, {most:.1} at {x}, {y}: compare {}", today.display()));
            }
            None => wrong.push(format!("{name}: another size: compare {}", today.display())),
        }
    }
    assert!(wrong.is_empty(), "if these are as they should be, MIMAMORI_WRITE=1 keeps them:\n{}", wrong.join("\n"));
}

#[test]
fn a_letter_that_is_another_is_seen() {
    let page = |letter: u8| {
        let mut shades = vec![255; 400 * 560];
        for y in 101..107 {
            // the strokes of a letter of 9 points: half of its square is ink
            for x in 51..57 {
                shades[y * 400 + x] = if (x + usize::from(letter) * y).is_multiple_of(2) { 0 } else { 255 };
            }
        }
        Picture { width: 400, height: 560, shades }
    };
    let same = difference(&page(0), &page(0)).unwrap();
    assert!(same.0 == 0.0 && same.1 == 0.0);
    let (mean, most, place) = difference(&page(0), &page(1)).unwrap();
    assert!(mean < MEAN, "one letter is little on a page: {mean}");
    assert!(most > 25.0, "{most}");
    assert_eq!(place, (48, 96));
}
