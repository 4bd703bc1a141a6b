//! Old and new: two processes bring one database to the newest schema at the same moment, an empty one and one that an
//! older daoyu has left behind, with its data and with messages that it did not bring to an end.

use crate::{
    case::Case,
    process::{Engine, LONG, Serve, Town, until},
};
use sqlx::{
    AnyPool,
    migrate::{Migration, MigrationType, Migrator},
};
use std::{borrow::Cow, fs, path::Path, process::Stdio};

/// The first schema that was ever in use.
const FIRST: &str = include_str!("../../../migrations/0001_house.sql");
/// The chat in which messages of the older daoyu wait.
const CHAT: i64 = 77;

pub async fn in_a_race(case: Case) {
    let (races, mut lost) = (case.pick(4, 50), 0);
    for race in 0..races {
        case.stage(format!("{race} of {races}"));
        let town = case.town().await;
        town.sandbox.user(CHAT, "学生", "zh-hans").starts_silently();
        // Each kind of database in turn.
        let old = race % 2 == 1;
        empty(&town, old).await;
        let told = both_come_up(&town, old).await;
        lost += usize::from(told.is_err());
        case.must(told.is_ok(), || format!("race {race}: {}", told.unwrap_err()));
    }
    case.measured(format!("{races} races of two processes, {lost} failures"));
}

/// A database without any schema, or with the oldest one and its data.
async fn empty(town: &Town, old: bool) {
    sqlx::any::install_default_drivers();
    let url = match town.engine {
        Engine::Postgres => town.database.url.clone(),
        Engine::Sqlite => {
            let file = Path::new(town.database.url.strip_prefix("sqlite:").unwrap());
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            format!("{}?mode=rwc", town.database.url)
        }
    };
    let pool = AnyPool::connect(&url).await.unwrap();
    if town.engine == Engine::Postgres {
        // The database was copied from one that has the newest schema.
        sqlx::query("DROP SCHEMA public CASCADE").execute(&pool).await.unwrap();
        sqlx::query("CREATE SCHEMA public").execute(&pool).await.unwrap();
    }
    if old {
        let sql = sqlx::SqlStr::from_static(FIRST);
        let first = Migration::new(1, Cow::Borrowed("house"), MigrationType::Simple, sql, false);
        Migrator { migrations: vec![first].into(), ..Migrator::DEFAULT }.run(&pool).await.unwrap();
        sqlx::query("INSERT INTO school (id, name, zone, language, created_at) VALUES ('0', '老学校', 'Asia/Shanghai', 'zh-CN', 0)")
            .execute(&pool)
            .await
            .unwrap();
        let policy = daoyu::school::Policy::preset("default").unwrap();
        sqlx::query(
            "INSERT INTO policy (school_id, from_day, body, created_at) VALUES ('0', '2026-09-01', $1, 0)",
        )
        .bind(policy)
        .execute(&pool)
        .await
        .unwrap();
        // One message waits, one was in the hands of a process that is gone.
        for (id, state) in [("1", "open"), ("2", "sending")] {
            let body = format!("{{\"chat_id\":{CHAT},\"text\":\"{state}\"}}");
            sqlx::query("INSERT INTO outbox (id, account_id, class, rank, state, method, body, holder, made_at) VALUES ($1, $2, 'notice', 2, $3, 'SendMessage', $4, 'gone', 1)")
                .bind(id)
                .bind(format!("tg:{CHAT}"))
                .bind(state)
                .bind(body)
                .execute(&pool)
                .await
                .unwrap();
        }
    }
    pool.close().await;
}

/// Two processes begin at once; both find a schema that is whole.
async fn both_come_up(town: &Town, old: bool) -> Result<(), String> {
    // A second `serve` is refused on SQLite: there the race is with a command.
    let (mut serve, mut other) = (town.starts(town.settings()), None);
    match town.engine {
        Engine::Postgres => other = Some(town.starts(town.settings())),
        Engine::Sqlite => {
            let command = town.command(&["school", "list"]).stderr(Stdio::piped()).output().unwrap();
            if !command.status.success() {
                return Err(String::from_utf8_lossy(&command.stderr).into_owned());
            }
        }
    }
    for serve in [Some(&mut serve), other.as_mut()].into_iter().flatten() {
        comes_up(serve).await?;
    }
    town.phone(9000, "路人").says("您好", "邀请链接", &serve).await;
    if old {
        let schools = town.daoyu(&["school", "list"]);
        if !schools.contains("老学校") {
            return Err(format!("the school is gone:\n{schools}"));
        }
        let begun = std::time::Instant::now();
        while town.said_to(CHAT).len() < 2 {
            if begun.elapsed() > LONG {
                return Err(format!("of two old messages {:?} arrived", town.said_to(CHAT)));
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
    for serve in [Some(serve), other].into_iter().flatten() {
        serve.stops().await;
    }
    Ok(())
}

async fn comes_up(serve: &mut Serve) -> Result<(), String> {
    let log = serve.log.clone();
    until("it is up or has ended", &[], || !serve.lives() || log.text().contains("daoyu is up")).await;
    if !serve.lives() {
        return Err(log.tail());
    }
    serve.is_up().await;
    Ok(())
}
