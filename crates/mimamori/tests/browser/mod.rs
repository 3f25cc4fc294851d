//! Pages in a real browser: what axe-core finds wrong in them, at a desk and on a telephone.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Widths of a desk's and of a telephone's window, in CSS pixels.
const WIDTHS: [u32; 2] = [1280, 380];

/// What is told of a page in a window.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    /// The page, and the width it was shown in.
    pub page: String,
    /// What axe-core finds against WCAG 2.2 AA, and what is wider than the window; empty if nothing.
    pub wrong: String,
    /// How many rules were kept.
    pub kept: u32,
}

/// Shows pages, given by name and HTML, side by side in one browser.
pub fn shown(folder: &Path, pages: &[(String, String)]) -> Vec<Seen> {
    let axe = include_str!("../../../typeset/tests/axe/axe.min.js");
    let mut frames = String::new();
    for (name, page) in pages {
        for width in WIDTHS {
            let run = format!(
                "<script>{axe}</script><script>addEventListener('load',()=>{{\
                 const e=document.documentElement,wide=e.scrollWidth>e.clientWidth?'wider than the window '+e.scrollWidth:'';\
                 axe.run(document,{{runOnly:{{type:'tag',values:['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']}}}})\
                 .then(r=>parent.postMessage('{name} {width}\\t'+r.passes.length+'\\t'+wide+\
                 r.violations.map(v=>v.id+': '+v.nodes.map(n=>n.html).slice(0,3).join(' ')).join(' ').replace(/\\s+/g,' '),'*'))}})</script>"
            );
            let page = page.replacen("</body>", &format!("{run}</body>"), 1).replace('&', "&amp;").replace('"', "&quot;");
            frames.push_str(&format!("<iframe width={width} height=900 srcdoc=\"{page}\"></iframe>"));
        }
    }
    let all = pages.len() * WIDTHS.len();
    let listen = format!(
        "<script>let all=[];addEventListener('message',e=>{{all.push(e.data);if(all.length==={all})\
         document.documentElement.innerHTML='<body></body>',document.body.textContent='AXE['+all.join('\\n')+'[END]'}})</script>"
    );
    fs::create_dir_all(folder).unwrap();
    let file = folder.join("pages.html");
    fs::write(&file, format!("<!DOCTYPE html><meta charset=utf-8><body>{listen}{frames}</body>")).unwrap();
    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--virtual-time-budget=600000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("file://{}", file.canonicalize().unwrap().display()))
        .output()
        .expect("chromium is needed; ./test installs it");
    let dom = String::from_utf8(output.stdout).unwrap();
    let told = dom.split_once("<body>AXE[").and_then(|(_, rest)| rest.split_once("[END]")).map(|(told, _)| told);
    let told = told.unwrap_or_else(|| panic!("axe did not run on every page: {}", String::from_utf8_lossy(&output.stderr)));
    let mut seen: Vec<Seen> = told
        .lines()
        .map(|line| {
            let mut parts = line.splitn(3, '\t').map(str::to_owned);
            let (page, kept) = (parts.next().unwrap(), parts.next().unwrap().parse().unwrap());
            Seen { page, kept, wrong: parts.next().unwrap() }
        })
        .collect();
    seen.sort_by(|one, other| one.page.cmp(&other.page));
    seen
}
