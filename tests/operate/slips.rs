//! Invitations on paper: a slip for everybody who is not in the chat, and only for them.

use crate::{
    browser::Pdf,
    place::{Engine, Place},
};
use daoyu::{
    clock::fresh_id,
    school::{AccountId, At, PersonId, SchoolId},
    store::{Change, Redeemed, Store, hash_code},
};
use std::fs;

const ROSTER: &str = "姓名,角色,学号,工号,班级,导师,班主任,家长姓名,关系,联系电话\n\
    王芳,导师,,T1,,,,,,13700000001\n李强,导师,,T2,,,,,,\n\
    李雷,,0001,,七年级1班,T1,T2,李建国,父亲,13900000001\n\
    \"<b>李&\"\"\",,0002,,七年级1班,T1,T2,买买提·阿卜杜热合曼·吾守尔,父亲,13900000002\n\
    林涛,,0003,,七年级2班,T1,,林父,父亲,13900000003\n";
pub const CLASS: &str = "七年级1班";

/// A school whose office prints.
pub struct Office {
    pub place: Place,
    pub school: String,
}

impl Office {
    pub async fn new(engine: Engine) -> Office {
        let place = Place::new(engine).await;
        let school = place.daoyu(&["school", "new", "--name", "第一中学"]).trim().to_owned();
        fs::write(place.path("all.csv"), ROSTER).unwrap();
        let file = place.path("all.csv").display().to_string();
        place.daoyu(&["roster", "import", &file, "--school", &school, "--yes"]);
        Office { place, school }
    }

    fn arguments<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        [&["invite", "print", "--school", &self.school, "--bot", "my_school_bot"][..], more].concat()
    }

    /// The page of the class.
    fn prints(&self, more: &[&str]) -> Page {
        Page(self.place.daoyu(&self.arguments(&[&["--class", CLASS, "--language", "zh-CN"], more].concat())))
    }

    /// What an account finds behind a code.
    async fn finds(&self, code: &str) -> Redeemed {
        let store = Store::open(&self.place.database.url).await.unwrap();
        let mut tx = store.write().await.unwrap();
        let account = AccountId::from("tg:7");
        let found = tx.look_at_code(&account, code, At(now())).await.unwrap();
        tx.roll_back().await.unwrap();
        store.close().await;
        found
    }

    /// Somebody follows the link.
    async fn joins(&self, person: PersonId, code: &str) {
        let store = Store::open(&self.place.database.url).await.unwrap();
        let mut tx = store.write().await.unwrap();
        let account = AccountId::from(format!("tg:{}", fresh_id::<PersonId>()));
        tx.visitors(std::slice::from_ref(&account), At(now())).await.unwrap();
        let school = SchoolId::parse(&self.school).unwrap();
        let bind = Change::Bind { account, person, school, code_hash: hash_code(code) };
        tx.apply(vec![bind], At(now())).await.unwrap();
        tx.commit().await.unwrap();
        store.close().await;
    }
}

fn now() -> i64 {
    daoyu::clock::Clock::System.now().0
}

/// A page as it was printed.
struct Page(String);

impl Page {
    fn slips(&self) -> Vec<&str> {
        self.0
            .split("<section class=\"slip\">")
            .skip(1)
            .map(|it| it.split("</section>").next().unwrap())
            .collect()
    }

    /// The names on the slips.
    fn names(&self) -> Vec<&str> {
        fn name(slip: &str) -> &str {
            slip.split_once("\"who\">").unwrap().1.split_once('<').unwrap().0
        }
        self.slips().into_iter().map(name).collect()
    }

    /// The slip of this name.
    fn slip(&self, name: &str) -> &str {
        self.slips().into_iter().find(|it| it.contains(&format!("\"who\">{name}"))).unwrap()
    }

    fn code(&self, name: &str) -> &str {
        let (_, rest) = self.slip(name).split_once("https://t.me/my_school_bot?start=").unwrap();
        rest.split_once('<').unwrap().0
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_who_is_not_in_the_chat_gets_a_slip() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let office = Office::new(engine).await;
        let page = office.prints(&[]);
        assert_eq!(
            page.names(),
            [
                "王芳 老师",
                "李强 老师",
                "李雷 同学",
                "李建国",
                "&lt;b&gt;李&amp;&quot; 同学",
                "买买提·阿卜杜热合曼·吾守尔"
            ],
            "one each, of this class alone, and no name is markup"
        );
        assert!(page.slip("李建国").contains("李雷的爸爸 · 七年级1班"));
        for slip in page.slips() {
            for told in ["第一中学", "https://t.me/my_school_bot?start=", "<svg", "有效到", "请问", "境外"]
            {
                assert!(slip.contains(told), "{told} is not on {slip}");
            }
        }
        assert!(page.slip("李建国").contains("请问班主任<b>李强</b>老师"));
        for outside in ["<script", "src=", "href=", "url(", "@import", "http://"] {
            assert!(!page.0.contains(outside), "{outside}");
        }
        assert_eq!(page.0.matches("https://").count(), 6, "the links and nothing else");

        // Who has joined gets none; printing again makes the older code of the others void.
        let (older, father) = (page.code("李雷").to_owned(), page.code("李建国").to_owned());
        let Redeemed::Good(person, _) = office.finds(&father).await else { panic!("his code is good") };
        office.joins(person, &father).await;
        let again = office.prints(&["--role", "guardian"]);
        assert_eq!(again.names(), ["买买提·阿卜杜热合曼·吾守尔"]);
        assert!(matches!(office.finds(&older).await, Redeemed::Good(..)), "his own was not printed again");
        let again = office.prints(&[]);
        assert_eq!(office.finds(&older).await, Redeemed::Revoked);
        assert!(matches!(office.finds(again.code("李雷")).await, Redeemed::Good(..)));
        assert_eq!(again.slips().len(), 5);
        assert_eq!(office.prints(&["--role", "staff"]).names(), ["王芳 老师", "李强 老师"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_printed_is_said_before_a_code_changes() {
    let office = Office::new(Engine::Sqlite).await;
    let made = "SELECT COUNT(*) FROM invite";
    let why = office.place.refused(&["invite", "print", "--school", &office.school, "--class", CLASS]);
    assert!(why.contains("--bot"), "{why}");
    assert!(office.place.refused(&office.arguments(&["--class", "九年级9班"])).contains("九年级9班"));
    let why = office.place.refused(&office.arguments(&["--class", CLASS, "--output", "/nowhere/x.html"]));
    assert!(why.contains("/nowhere/x.html"), "{why}");
    assert_eq!(office.place.count(made).await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_slips_fit_on_a_sheet_of_a4() {
    let office = Office::new(Engine::Sqlite).await;
    for language in ["zh-CN", "en"] {
        let file = office.place.path("slips.html").display().to_string();
        let arguments = ["--class", CLASS, "--output", &file, "--language", language];
        office.place.daoyu(&office.arguments(&arguments));
        let pdf = Pdf::of(office.place.folder.path(), "slips.html");
        assert_eq!(pdf.sheets(), 3, "{language}: six slips, and the text for guardians");
        assert!(pdf.is_a4(), "{language}");
        let chinese = ["WenQuanYi", "CJK", "SourceHan", "PingFang", "YaHei"];
        let fonts = pdf.fonts();
        assert!(fonts.iter().any(|it| chinese.iter().any(|name| it.contains(name))), "{language}: {fonts:?}");
    }
}
