//! Sheets for those who are not in the chat, from the terminal.

use crate::{
    browser::Pdf,
    place::Engine,
    slips::{CLASS, Office},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mentor_and_a_class_get_their_sheets() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = Office::new(engine).await;
        let paper = |more: &[&str]| -> Vec<String> {
            let all =
                [&["paper", "print", "--school", &office.school, "--language", "zh-CN"][..], more].concat();
            all.into_iter().map(str::to_owned).collect()
        };
        let prints = |more: &[&str]| {
            let arguments = paper(more);
            office.place.daoyu(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let refused = |more: &[&str]| {
            let arguments = paper(more);
            office.place.refused(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let page = prints(&["--mentor", "T1"]);
        assert_eq!(page.matches("<section class=\"sheet").count(), 3, "every student of hers");
        let file = office.place.path("sheets.html").display().to_string();
        prints(&["--class", CLASS, "--output", &file]);
        let page = std::fs::read_to_string(&file).unwrap();
        assert_eq!(page.matches("<section class=\"sheet").count(), 2, "of this class alone");
        assert!(
            page.contains("&lt;b&gt;李&amp;&quot; 同学")
                && !page.contains("林涛")
                && !page.contains("<script")
        );
        let pdf = Pdf::of(office.place.folder.path(), "sheets.html");
        assert_eq!((pdf.sheets(), pdf.is_a4()), (1, true), "two to a page");
        assert!(refused(&["--mentor", "T9"]).contains("T9"));
        assert!(refused(&["--mentor", "T2"]).contains("没有要打印的"), "he looks after nobody");
        assert!(refused(&["--class", "九年级9班"]).contains("九年级9班"));
    }
}
