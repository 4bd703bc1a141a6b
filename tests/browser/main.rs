//! The demo in a real browser: what a reader of the README sees after one command, played by hand through the page.
//!
//! Needs Chromium and chromedriver. A picture of every scene is left in `target/browser/`; with `DAOYU_PICTURES=1` the
//! README's picture is made anew.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of a test may fail like the test itself"
)]

mod chrome;
mod demo;
mod page;

use chrome::Chrome;
use demo::Demo;
use fantoccini::key::Key;
use page::{Page, Phone};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

#[tokio::test]
async fn a_friday_at_school_through_the_page() {
    let kept = Kept::new();
    let (_chrome, client) = Chrome::start(&kept.folder.join("profile")).await;
    let demo = Demo::start(&kept.folder.join("school"));
    let page = Page::open(client, &demo.url(), &pictures()).await;
    let wang = page.phone("王建国").await;
    let li = page.phone("李雷").await;
    let mother = page.phone("韩雪").await;

    the_morning_begins_with_a_list(&page, &wang).await;
    a_talk_is_put_on_record_in_three_taps(&page, &wang).await;
    page.clock_goes_to("checkin", "16:30").await;
    a_student_answers_in_four_taps(&page, &li).await;
    a_wish_reaches_the_mentor_at_once(&page, &li, &wang).await;
    the_family_hears_from_the_mentor_and_answers(&page, &wang, &mother).await;
    the_readme_shows_it(&page, &wang).await;
    an_old_button_is_no_trap(&page, &wang).await;
    the_head_teacher_looks_over_the_class(&page).await;
    a_narrow_screen_is_enough(&page, &li, &wang).await;
    a_keyboard_is_enough(&page, &li).await;

    let _demo = demo.dies().starts_again();
    an_open_form_outlives_the_process(&page, &li).await;
}

async fn the_morning_begins_with_a_list(page: &Page, wang: &Phone<'_>) {
    let list = wang.reads("早上好，王建国老师").await;
    assert!(list.text.contains("林涛") && list.text.contains("李雷"), "{}", list.text);
    assert!(!list.text.contains("韩梅梅"), "nothing is due for her: {}", list.text);
    page.picture("morning").await;
}

async fn a_talk_is_put_on_record_in_three_taps(page: &Page, wang: &Phone<'_>) {
    let list = wang.reads("早上好，王建国老师").await;
    wang.presses("📝 林涛").await;
    let form = wang.reads("谈了什么").await;
    wang.presses("学业").await;
    wang.presses("✅ 完成").await;
    let receipt = wang.reads_in(form.id, "已记好：林涛 · 谈心（学业）").await;
    assert!(receipt.buttons.iter().any(|it| it == "↩️ 撤销"), "{:?}", receipt.buttons);
    // The list of the morning knows it, in place.
    let list = wang.reads_in(list.id, "林涛 首次家校联系").await;
    assert!(list.edited && !list.buttons.iter().any(|it| it == "📝 林涛"), "{list:?}");
    page.picture("talk").await;
}

async fn a_student_answers_in_four_taps(page: &Page, li: &Phone<'_>) {
    let asked = li.reads("一周辛苦啦").await;
    page.picture("checkin-asked").await;
    // The question carries its first answers: four taps from here.
    li.presses("😕 不好").await;
    for (question, answer) in [("学习", "😣 吃力"), ("生活", "⛅ 还行"), ("聊一聊", "暂时不用")]
    {
        li.reads_in(asked.id, question).await;
        li.presses(answer).await;
    }
    let receipt = li.reads_in(asked.id, "这周不容易").await;
    assert!(receipt.text.contains("😣 吃力"), "{}", receipt.text);
    page.picture("checkin-answered").await;
    li.says("函数那一章听不太懂。").await;
    li.reads("💬 函数那一章听不太懂。").await;
}

async fn a_wish_reaches_the_mentor_at_once(page: &Page, li: &Phone<'_>, wang: &Phone<'_>) {
    li.chooses("/wish").await;
    li.reads("已经告诉导师了").await;
    wang.reads("李雷 想和您谈谈").await;
    page.picture("wish").await;
}

async fn the_family_hears_from_the_mentor_and_answers(page: &Page, wang: &Phone<'_>, mother: &Phone<'_>) {
    wang.chooses("/feedback").await;
    wang.reads("关于哪位学生").await;
    wang.presses("李雷").await;
    wang.reads("您看到了什么").await;
    wang.says("李雷今天主动留下来，把函数的两道错题讲给同桌听。").await;
    wang.reads("接下来做什么").await;
    wang.says("今晚请听他讲讲这两道题，不用急着纠正。").await;
    let preview = wang.reads("家长看到的就是这样").await;
    page.picture("feedback-preview").await;
    wang.presses("✅ 发送").await;
    let status = wang.reads_in(preview.id, "李雷妈妈：✉️ 已送到").await;
    let letter = mother.reads("李雷今天主动留下来").await;
    assert!(preview.text.contains(&letter.text), "the mentor saw it as it arrives: {}", letter.text);

    mother.presses("👀 看到了").await;
    wang.reads_in(status.id, "李雷妈妈：👀 看到了").await;
    page.picture("feedback-seen").await;
    mother.presses("💬 回复老师").await;
    mother.reads("请把想说的话发来").await;
    mother.says("谢谢王老师！他回家真的讲给我听了，讲得很清楚。").await;
    mother.reads("已原样转给老师").await;
    wang.reads("他回家真的讲给我听了").await;
    wang.reads_in(status.id, "李雷妈妈：💬 回复了").await;
    page.picture("feedback-answered").await;
}

async fn the_readme_shows_it(page: &Page, wang: &Phone<'_>) {
    let list = wang.reads("位学生等您").await;
    wang.scrolls_to(&list).await;
    let picture = page.picture_for_readers().await;
    let size = fs::metadata(&picture).unwrap().len();
    assert!(size < 400_000, "the README's picture is too heavy: {size} bytes");
    if env::var_os("DAOYU_PICTURES").is_some() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
        fs::create_dir_all(&folder).unwrap();
        fs::copy(picture, folder.join("demo.png")).unwrap();
    }
}

/// The receipt of the morning's talk still has its buttons, though another form was filled in since.
async fn an_old_button_is_no_trap(page: &Page, wang: &Phone<'_>) {
    wang.presses("📓 工作后记").await;
    wang.is_hinted("这一步已经过去了").await;
    page.picture("old-button").await;
}

/// One more phone, and away again.
async fn the_head_teacher_looks_over_the_class(page: &Page) {
    page.chooses("周敏").await;
    let zhou = page.phone("周敏").await;
    zhou.chooses("/overview").await;
    let overview = zhou.reads("七年级1班").await;
    assert!(overview.text.contains("林涛"), "{}", overview.text);
    page.picture("overview").await;
    page.chooses("周敏").await;
}

async fn a_narrow_screen_is_enough(page: &Page, li: &Phone<'_>, wang: &Phone<'_>) {
    page.becomes(390, 844, 2, true).await;
    page.shows_only(wang).await;
    page.fits().await;
    page.picture("narrow-mentor").await;
    page.shows_only(li).await;
    li.presses("✏️ 改一改").await;
    li.reads("这周心情怎么样").await;
    page.fits().await;
    page.picture("narrow-student").await;
    page.becomes(1500, 950, 1, false).await;
}

async fn a_keyboard_is_enough(page: &Page, li: &Phone<'_>) {
    page.reloads().await;
    let form = li.reads("这周心情怎么样").await;
    page.tabs_to("😐 一般").await;
    page.picture("keyboard").await;
    page.key(Key::Enter).await;
    li.reads_in(form.id, "学习感觉怎么样").await;
    page.tab_stays_in(form.id).await;
}

/// Its first question was answered; the second stands open when the process dies.
async fn an_open_form_outlives_the_process(page: &Page, li: &Phone<'_>) {
    li.starts().await;
    li.reads("可以这样用").await;
    li.chooses("/checkin").await;
    let form = li.reads("学习感觉怎么样").await;
    assert!(form.text.contains("2/4"), "{}", form.text);
    page.picture("after-the-crash").await;
    for (answer, next) in [("😐 还行", "生活呢"), ("☀️ 挺好", "聊一聊"), ("暂时不用", "收到")]
    {
        li.presses(answer).await;
        li.reads_in(form.id, next).await;
    }
    let receipt = li.reads_in(form.id, "心情 😐 一般").await;
    assert!(receipt.text.contains("函数那一章听不太懂。"), "own words stay: {}", receipt.text);
    page.picture("answered-after-the-crash").await;
}

/// Where the pictures of this run are left: `target/browser`.
fn pictures() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("browser")
}

/// A folder for what the processes keep, gone at the end.
struct Kept {
    folder: PathBuf,
}

impl Kept {
    fn new() -> Kept {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{}", std::process::id()));
        fs::remove_dir_all(pictures()).ok();
        fs::create_dir_all(pictures()).unwrap();
        fs::create_dir_all(&folder).unwrap();
        Kept { folder }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}
