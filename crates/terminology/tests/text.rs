//! Laws of normalised text.

use proptest::prelude::*;
use terminology::{Likeness, Text, distance, key, likeness};

#[test]
fn writing_makes_no_difference() {
    for (one, other) in [
        ("Ｂ型肝炎ウイルスの再活性化", "B 型肝炎ウイルスの再活性化"),
        ("結膜炎および角膜炎", "結膜炎及び角膜炎"),
        ("『急性膵炎』", "「急性膵炎」"),
        ("６ヵ月後", "6か月後"),
        ("infusion reaction", "Infusion  Reaction"),
    ] {
        assert_eq!(key(one), key(other), "{one} {other}");
    }
}

#[test]
fn circled_numbers_stay() {
    assert_eq!(Text::new("①30600AMX", 0).as_str(), "①30600AMX");
}

#[test]
fn likeness_of_slips() {
    assert_eq!(likeness("感染症", "感染症"), Likeness::Same);
    assert_eq!(likeness("好中球減少", "好中球減少症"), Likeness::Contained);
    assert!(matches!(likeness("消化管穿孔・閉塞", "消化管潰瘍・閉塞"), Likeness::Near(_)));
    assert_eq!(likeness("感染症", "心障害"), Likeness::Different);
    let chars = |s: &str| s.chars().collect::<Vec<_>>();
    assert_eq!(distance(&chars("KP-031"), &chars("KP-013")), 1);
}

proptest! {
    #[test]
    fn every_part_is_found_again(original in "\\PC{0,60}") {
        let text = Text::new(&original, 0);
        for (at, c) in text.as_str().char_indices() {
            let place = text.place(at..at + c.len_utf8(), &original);
            prop_assert!(original.get(place.clone()).is_some());
            prop_assert!(Text::new(&original[place], 0).as_str().contains(c));
        }
        let whole = text.places(0..text.len(), &original);
        prop_assert!(whole.len() <= 1);
    }

    #[test]
    fn normalising_twice_is_normalising_once(original in "\\PC{0,60}") {
        let once = Text::new(&original, 0);
        let twice = Text::new(once.as_str(), 0);
        prop_assert_eq!(once.as_str(), twice.as_str());
    }

    #[test]
    fn distance_is_symmetric(a in "[abc]{0,12}", b in "[abc]{0,12}") {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        prop_assert_eq!(distance(&a, &b), distance(&b, &a));
    }
}
