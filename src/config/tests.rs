use super::*;
use std::collections::HashMap;

const TOKEN_GIVEN: (&str, &str) = ("DAOYU_TELEGRAM_TOKEN", "123456:ABC-def_1234");

fn read(file: Option<&str>, env: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let env: HashMap<_, _> = env.iter().copied().collect();
    Config::read(file.map(|text| ("daoyu.toml", text)), &|name| env.get(name).map(|it| (*it).to_owned()))
        .map_err(|wrong| wrong.iter().map(ToString::to_string).collect())
}

#[test]
fn a_token_is_all_that_must_be_said() {
    let config = read(None, &[TOKEN_GIVEN]).unwrap();
    assert_eq!(config.base.database.reveal(), "sqlite:data/daoyu.db");
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!((config.telegram.bot_id, config.telegram.pace), (123_456, true));
    assert_eq!(config.telegram.api_url, "https://api.telegram.org");
    assert!(matches!(config.telegram.mode, Mode::Polling));
}

#[test]
fn the_environment_wins_over_the_file_and_an_empty_variable_says_nothing() {
    let file = "listen = \"0.0.0.0:80\"\nlog = \"debug\"\n[telegram]\ntoken = \"1:a\"\nmode = \"polling\"\n";
    let config = read(Some(file), &[TOKEN_GIVEN, ("DAOYU_LISTEN", ""), ("DAOYU_LOG", "warn")]).unwrap();
    assert_eq!(config.listen.to_string(), "0.0.0.0:80");
    assert_eq!(config.base.log, "warn");
    assert_eq!(config.telegram.bot_id, 123_456);
}

#[test]
fn a_webhook_is_reached_under_the_public_address() {
    let env = [
        TOKEN_GIVEN,
        ("DAOYU_TELEGRAM_MODE", "webhook"),
        ("DAOYU_PUBLIC_URL", "https://bot.school.cn/daoyu/"),
        ("DAOYU_WEBHOOK_SECRET", "s-1_A"),
    ];
    let Mode::Webhook(webhook) = read(None, &env).unwrap().telegram.mode else { panic!("no webhook") };
    assert_eq!(webhook.url, "https://bot.school.cn/daoyu/telegram/123456");
    assert_eq!(webhook.path, "123456");
    assert!(webhook.secret.is("s-1_A"));
}

#[test]
fn every_wrong_setting_is_named_with_what_was_expected() {
    for (name, wrong) in [
        ("DAOYU_TELEGRAM_TOKEN", "ABC:123456"),
        ("DAOYU_TELEGRAM_TOKEN", "123456:"),
        ("DAOYU_TELEGRAM_TOKEN", ":ABC"),
        ("DAOYU_TELEGRAM_TOKEN", "123456:家长"),
        ("DAOYU_TELEGRAM_API_URL", "api.telegram.org"),
        ("DAOYU_TELEGRAM_API_URL", "ftp://api.telegram.org"),
        ("DAOYU_TELEGRAM_API_URL", "http://api.telegram.org"),
        ("DAOYU_TELEGRAM_MODE", "push"),
        ("DAOYU_TELEGRAM_PACE", "yes"),
        ("DAOYU_TELEGRAM_BOT", "a b"),
        ("DATABASE_URL", "mysql://localhost/daoyu"),
        ("DATABASE_URL", "sqlite:"),
        ("DATABASE_URL", "postgres:daoyu"),
        ("DAOYU_LISTEN", "8080"),
        ("DAOYU_LISTEN", "127.0.0.1:99999"),
        ("DAOYU_PUBLIC_URL", "http://bot.school.cn"),
        ("DAOYU_WEBHOOK_SECRET", "two words"),
        ("DAOYU_LOG", "daoyu=loud"),
        ("DAOYU_LOG_FORMAT", "xml"),
    ] {
        let env: HashMap<_, _> = [TOKEN_GIVEN, (name, wrong)].into();
        let env: Vec<_> = env.into_iter().collect();
        let found = read(None, &env).unwrap_err();
        let expected = SETTINGS.iter().find(|it| it.env == name).unwrap().expects;
        assert_eq!(found, [format!("{name}: expected {expected}")], "{wrong}");
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once_with_lines_and_without_values() {
    let file = "listen = 8080\n\n[telegram]\ntoken = \"123456 ABCDEF\"\nmode = \"webhook\"\nspeed = \"fast\"\n[sms]\nkey = \"x\"\n";
    let found = read(Some(file), &[("DATABASE_URL", "oracle:hunter2")]).unwrap_err().join("\n");
    for part in [
        "daoyu.toml:1: listen: expected an address and a port, like 127.0.0.1:8080, in quotes",
        "daoyu.toml:4: telegram.token: expected the token",
        "daoyu.toml:6: telegram.speed: expected one of the keys telegram.token,",
        "daoyu.toml:7: sms: expected one of the keys",
        "DATABASE_URL: expected sqlite:PATH or postgres://",
        "DAOYU_PUBLIC_URL is missing: expected the https:// address",
        "DAOYU_WEBHOOK_SECRET is missing: expected 1 to 256 characters",
    ] {
        assert!(found.contains(part), "{part}\nnot in\n{found}");
    }
    for value in ["ABCDEF", "hunter2"] {
        assert!(!found.contains(value), "{found}");
    }
}

#[test]
fn a_broken_file_is_named_by_its_line_and_not_quoted() {
    let found = read(Some("log = \"info\"\n[telegram]\ntoken = \"123456:ABC\n"), &[TOKEN_GIVEN]).unwrap_err();
    assert_eq!(found, ["daoyu.toml:3: expected TOML: key = \"value\""]);
}

#[test]
fn nothing_of_the_settings_shows_a_secret() {
    let env = [
        TOKEN_GIVEN,
        ("DATABASE_URL", "postgres://daoyu:hunter2@db/daoyu"),
        ("DAOYU_WEBHOOK_SECRET", "hunter3"),
        ("DAOYU_PUBLIC_URL", "http://[::1]:9000"),
        ("DAOYU_TELEGRAM_MODE", "webhook"),
    ];
    let shown = format!("{:?}", read(None, &env).unwrap());
    for secret in ["ABC-def", "hunter2", "hunter3"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn other_commands_need_no_token() {
    assert!(Base::read(None, &|_| None).unwrap().bot.is_none());
}
