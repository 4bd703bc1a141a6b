//! What all commands share: where the settings are, the database, and how a command ends early.

use super::{listing::Format, out, voice::Voice};
use crate::{
    config::{Base, Config, Wrong, bot_name, database_url, hide_tokens},
    log,
    school::{At, ClassId, SchoolId},
    store::{SchoolRow, Store, Tx},
    text::Phrase,
};
use anyhow::{Context, anyhow};
use chrono::{DateTime, Local, Utc};
use clap::Args;
use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Options that every command takes.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// The database, sqlite:PATH or postgres://..., in place of DATABASE_URL and daoyu.toml
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// The file of settings, in place of daoyu.toml in this folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Options of every command that lists something.
#[derive(Args, Clone, Debug)]
pub struct Output {
    /// table for people, xlsx for people with Excel; csv and json for programs, with column names that stay. Without it what
    /// the name of --output says, or else a table
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Write it to this file, which nobody else may read, in place of printing it
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The language of what is printed, zh-CN or en; without it that of the terminal, or else of the school
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
}

impl Output {
    /// How it is printed.
    pub(super) fn format(&self) -> Format {
        let ending = self.output.as_ref().and_then(|it| it.extension()?.to_str());
        self.format.unwrap_or(match ending.map(str::to_lowercase).as_deref() {
            Some("xlsx") => Format::Xlsx,
            Some("csv") => Format::Csv,
            Some("json") => Format::Json,
            _ => Format::Table,
        })
    }

    /// Refuses what could not be written in the end, before anything is changed for it.
    pub(super) fn can_be_written(&self, voice: &Voice) -> Result<(), Stop> {
        match &self.output {
            Some(file) => out::write_file(file, &[], voice),
            None if self.format() == Format::Xlsx => out::print_bytes(&[], voice),
            None => Ok(()),
        }
    }
}

/// The school that a command is about.
#[derive(Args, Clone, Debug)]
pub struct AtSchool {
    /// The school's ID, as `daoyu school list` shows it
    #[arg(long = "school", value_name = "ID", value_parser = school_id)]
    pub id: SchoolId,
}

/// Why a command ends early.
#[derive(Debug)]
pub enum Stop {
    /// It cannot be done as asked; with the reason.
    Refused(String),
    /// It was called wrongly.
    Misused(String),
    /// Something broke.
    Broken(anyhow::Error),
}

impl Stop {
    /// Tells the person, and gives the code with which the process ends.
    pub fn tell(self) -> ExitCode {
        let (code, words) = match self {
            Stop::Refused(words) => (1, words),
            Stop::Misused(words) => (2, words),
            Stop::Broken(fault) => (1, format!("{fault:#}")),
        };
        out::complain(&hide_tokens(&words));
        ExitCode::from(code)
    }
}

impl From<anyhow::Error> for Stop {
    fn from(fault: anyhow::Error) -> Stop {
        Stop::Broken(fault)
    }
}

impl Common {
    /// Everything that `daoyu serve` needs.
    pub fn settings(&self) -> Result<Config, Stop> {
        let mut config = self.read(Config::read)?.map_err(wrong_settings)?;
        self.choose_database(&mut config.base)?;
        Ok(config)
    }

    /// The same, with what is wrong to look at.
    pub(super) fn settings_or_wrong(&self) -> Result<Result<Config, Vec<Wrong>>, Stop> {
        self.read(Config::read)
    }

    /// What the other commands need.
    pub fn base(&self) -> Result<Base, Stop> {
        let mut base = self.read(Base::read)?.map_err(wrong_settings)?;
        self.choose_database(&mut base)?;
        Ok(base)
    }

    /// The database, opened and brought to the newest schema; faults go to the log.
    pub async fn store(&self) -> Result<Store, Stop> {
        open(&self.quiet_base()?).await
    }

    /// What every command needs, and the log begins.
    pub(super) fn quiet_base(&self) -> Result<Base, Stop> {
        let mut base = self.base()?;
        if std::env::var("DAOYU_LOG").is_err() {
            // A command that answers in a second has nothing to say beside its answer.
            "warn".clone_into(&mut base.log);
        }
        log::start(&base)?;
        Ok(base)
    }

    /// The bot's user name: the one that was given, else that of the settings.
    pub(super) fn bot(&self, given: Option<&str>) -> Result<Option<String>, Stop> {
        let wrong = || Stop::Misused("--bot: expected the bot's user name, like my_school_bot".into());
        match given {
            Some(name) => Ok(Some(bot_name(name).ok_or_else(wrong)?)),
            None => Ok(self.base()?.bot),
        }
    }

    fn choose_database(&self, base: &mut Base) -> Result<(), Stop> {
        if let Some(url) = &self.database {
            let url = database_url(url);
            base.database = url
                .ok_or_else(|| Stop::Misused("--database: expected sqlite:PATH or postgres://...".into()))?;
        }
        Ok(())
    }

    fn read<T>(
        &self,
        read: impl Fn(Option<(&str, &str)>, &dyn Fn(&str) -> Option<String>) -> Result<T, Vec<Wrong>>,
    ) -> Result<Result<T, Vec<Wrong>>, Stop> {
        let path = self.config.as_deref().unwrap_or(Path::new("daoyu.toml"));
        let name = path.display().to_string();
        let text = match fs::read_to_string(path) {
            Ok(text) => Some(text),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound && self.config.is_none() => None,
            Err(fault) => return Err(Stop::Refused(format!("{name}: {fault}"))),
        };
        let file = text.as_deref().map(|text| (name.as_str(), text));
        Ok(read(file, &|name| std::env::var(name).ok()))
    }
}

/// Every wrong setting in a line.
fn wrong_settings(wrong: Vec<Wrong>) -> Stop {
    let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    Stop::Refused(lines.join("\n"))
}

/// Opens the database of these settings; the folder of an SQLite file is created.
pub async fn open(base: &Base) -> Result<Store, Stop> {
    let url = base.database.reveal();
    match sqlite_path(url) {
        Some(path) => open_at(&path).await,
        None => Ok(Store::open(url).await?),
    }
}

/// The database of these settings as it stands, to be read alone: nothing is created and no schema is changed.
pub(super) async fn look(base: &Base, voice: &Voice) -> Result<Store, Stop> {
    let url = base.database.reveal();
    match sqlite_path(url).filter(|path| !path.is_file()) {
        Some(path) => {
            Err(voice.refuse(&Phrase::new("cli-no-database").text("file", path.display().to_string())))
        }
        None => Ok(Store::open_as_is(url).await?),
    }
}

/// Opens an SQLite file; its folder is created.
pub async fn open_at(path: &Path) -> Result<Store, Stop> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("creating the folder {}", folder.display()))?;
    }
    Ok(Store::open(&format!("sqlite:{}", path.display())).await?)
}

/// The file of a `sqlite:` address.
pub fn sqlite_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    Some(PathBuf::from(path.split('?').next().unwrap_or(path).trim_start_matches("//")))
}

/// The school that was named, with the voice in which to speak about it.
pub async fn school(tx: &mut Tx, id: &SchoolId, language: Option<&str>) -> Result<(SchoolRow, Voice), Stop> {
    match tx.school(id).await? {
        Some(school) => {
            let voice = Voice::new(language, Some(&school.language))?;
            Ok((school, voice))
        }
        None => {
            Err(Voice::new(language, None)?
                .refuse(&Phrase::new("cli-no-such-school").text("id", id.as_str())))
        }
    }
}

/// Reads a file that the person named, if it has no more than so many bytes; else one byte more than that.
pub(super) fn read_up_to(path: &Path, most: usize, voice: &Voice) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|it| it.take(most as u64 + 1).read_to_end(&mut bytes));
    read.map(|_| bytes).map_err(|fault| unreadable(path, &fault, voice))
}

/// Reads a file of text that the person named. The mark that some editors put before UTF-8 is no part of it.
pub(super) fn read_text(path: &Path, voice: &Voice) -> Result<String, Stop> {
    let bytes = fs::read(path).map_err(|fault| unreadable(path, &fault, voice))?;
    let text = String::from_utf8(bytes).map_err(|fault| {
        let line =
            fault.as_bytes()[..fault.utf8_error().valid_up_to()].iter().filter(|it| **it == b'\n').count();
        let phrase = Phrase::new("cli-file-not-utf8").text("file", path.display().to_string());
        voice.refuse(&phrase.number("line", line + 1))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// What usually is wrong is said in our own words: those of the operating system are English.
fn unreadable(path: &Path, fault: &io::Error, voice: &Voice) -> Stop {
    let fault = match fault.kind() {
        io::ErrorKind::NotFound => Phrase::new("cli-fault-no-file"),
        io::ErrorKind::IsADirectory => Phrase::new("cli-fault-folder"),
        io::ErrorKind::PermissionDenied => Phrase::new("cli-fault-denied"),
        _ => Phrase::new("cli-fault-other").text("fault", fault.to_string()),
    };
    voice.refuse(&Phrase::new("cli-file").text("file", path.display().to_string()).phrase("fault", fault))
}

/// A moment as the clock of this machine shows it.
pub(super) fn wall(at: At) -> String {
    let utc = DateTime::<Utc>::from_timestamp_millis(at.0).unwrap_or_default();
    utc.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string()
}

/// The class of this name.
pub(super) async fn class_of_name(
    tx: &mut Tx,
    school: &SchoolId,
    name: &str,
) -> Result<Option<ClassId>, Stop> {
    let classes = tx.class_names(school).await?;
    Ok(classes.into_iter().find(|(_, it)| it == name).map(|(id, _)| id))
}

/// The link that opens the bot with a code.
pub(super) fn join_link(bot: &str, code: &str) -> String {
    format!("https://t.me/{bot}?start={code}")
}

pub(super) fn school_id(text: &str) -> anyhow::Result<SchoolId> {
    SchoolId::parse(text)
        .ok_or_else(|| anyhow!("expected 32 digits of 0-9 and a-f, as `daoyu school list` shows them"))
}
