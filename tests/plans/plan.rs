//! What a database says of how it would run a statement, and what is wrong with that.

use crate::{
    database::{Database, Engine},
    heard::{Stage, Statement},
};
use daoyu::store::TABLES;
use sqlx::{AnyConnection, AssertSqlSafe, Executor, Row};
use std::collections::{HashMap, HashSet};

/// Tables that stay small: a handful of rows for each school or process, however many people there are and however long
/// they are here. Everything else may be large.
const SMALL: &[&str] =
    &["school", "policy", "term", "marked_day", "exam", "slot", "class", "process", "lease", "upload"];

/// Asks one database.
pub struct Planner {
    connection: AnyConnection,
    engine: Engine,
    tables: HashSet<String>,
    /// Indices over a part of a table, such as what waits: walking through one is reading that part.
    partial: HashSet<String>,
    /// The first column of each index: searched by others alone, all of it is read.
    leads: HashMap<String, String>,
}

/// A step of a plan.
struct Step {
    /// The table.
    table: String,
    /// By which index; '' for none.
    index: String,
    /// By what the index is searched; '' where all of it is read.
    by: String,
}

impl Planner {
    /// A planner over the schema as it stands.
    pub async fn new(database: &Database, engine: Engine) -> Planner {
        let mut connection = database.connect().await;
        let (tables, partial) = match engine {
            Engine::Sqlite => (
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
                "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'",
            ),
            Engine::Postgres => (
                "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
                "SELECT indexname::text FROM pg_indexes
                 WHERE schemaname = current_schema() AND indexdef LIKE '% WHERE %'",
            ),
        };
        let names = |rows: Vec<sqlx::any::AnyRow>| rows.iter().map(|row| row.get::<String, _>(0)).collect();
        let tables: HashSet<String> = names(connection.fetch_all(tables).await.unwrap());
        let partial = names(connection.fetch_all(partial).await.unwrap());
        assert!(SMALL.iter().all(|it| tables.contains(*it)), "a small table is gone");
        let mut leads = HashMap::new();
        if engine == Engine::Postgres {
            let sql = "SELECT i.relname::text, a.attname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                       JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]";
            let rows = connection.fetch_all(sql).await.unwrap();
            leads = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
            // To read what is still little whole, or to join by reading it whole, may be best. What is asked here is whether an
            // index could carry the question when there is more: so that is forbidden, and comes out only where there is no
            // other way. Plans are made for any values, as the server does from the sixth time on.
            let settings =
                "SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off;
                            SET enable_hashjoin = off; SET enable_mergejoin = off";
            connection.execute(settings).await.unwrap();
        }
        Planner { connection, engine, tables, partial, leads }
    }

    /// What is wrong with the plan of a statement: each names the table and how it is walked through.
    pub async fn faults(&mut self, statement: &Statement) -> Vec<String> {
        let plan = match self.engine {
            Engine::Sqlite => self.sqlite(&statement.sql).await,
            Engine::Postgres => self.postgres(&statement.sql).await,
        };
        let steps = match self.engine {
            Engine::Sqlite => sqlite_steps(&plan, &statement.sql, &self.tables),
            Engine::Postgres => postgres_steps(&plan),
        };
        let few = statement.stages.iter().any(|it| it.is_about_few());
        let mut wrong = Vec::new();
        // What is too old is looked for once an hour, wherever it lies, but not once for each row of something else.
        let may_walk = statement.stages.iter().all(|it| *it == Stage::Tidy);
        for step in steps.iter().skip(may_walk.into()).filter(|it| self.tables.contains(&it.table)) {
            let Step { table, index, by } = step;
            if SMALL.contains(&table.as_str()) || self.partial.contains(index) {
                continue;
            }
            let lead = self.leads.get(index);
            if by.is_empty() || lead.is_some_and(|lead| by.split(' ').all(|it| it != lead)) {
                wrong.push(format!("`{table}` is walked through"));
            // PostgreSQL knows how large a school is, and may do it for a small one.
            } else if few && self.engine == Engine::Sqlite && is_all_of_a_school(by, &statement.sql) {
                wrong.push(format!("`{table}` is walked through for a whole school, by {index}"));
            }
        }
        let told =
            |it: String| format!("{it}, in {:?}:\n{}\n{}", statement.stages, statement.sql, plan.join("\n"));
        wrong.into_iter().map(told).collect()
    }

    async fn sqlite(&mut self, sql: &str) -> Vec<String> {
        let rows = self.connection.fetch_all(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).await;
        let rows = rows.unwrap_or_else(|fault| panic!("{sql}: {fault}"));
        rows.iter().map(|row| row.get::<String, _>("detail")).collect()
    }

    async fn postgres(&mut self, sql: &str) -> Vec<String> {
        let numbers = sql.split('$').skip(1).filter_map(|it| {
            it.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse::<usize>().ok())
        });
        let count = numbers.max().unwrap_or_default();
        let nothings = vec!["NULL"; count].join(",");
        let arguments = if count == 0 { String::new() } else { format!("({nothings})") };
        let prepare = format!("PREPARE heard AS {sql}");
        let prepared = self.connection.execute(sqlx::raw_sql(AssertSqlSafe(prepare))).await;
        prepared.unwrap_or_else(|fault| panic!("{sql}: {fault}"));
        let explain = format!("EXPLAIN EXECUTE heard{arguments}");
        let rows = self.connection.fetch_all(sqlx::raw_sql(AssertSqlSafe(explain))).await.unwrap();
        self.connection.execute("DEALLOCATE heard").await.unwrap();
        rows.iter().map(|row| row.get::<String, _>(0)).collect()
    }
}

/// PostgreSQL plans by what lies in the tables, so each row comes sixty times more, in ten times as many schools.
pub async fn crowd(database: &Database) {
    let mut connection = database.connect().await;
    // No trigger looks whether what is referred to is there.
    connection.execute("SET session_replication_role = replica").await.unwrap();
    for table in TABLES.iter().filter(|it| !SMALL.contains(it)) {
        let columns = "SELECT column_name::text AS name, data_type::text AS type FROM information_schema.columns
                       WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY ordinal_position";
        let columns = AssertSqlSafe(columns.replace("{table}", table));
        let rows = connection.fetch_all(columns).await.unwrap();
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for row in &rows {
            let (name, kind): (String, String) = (row.get("name"), row.get("type"));
            values.push(match name.as_str() {
                "school_id" => "school_id || '-' || n % 10".to_owned(),
                "update_id" => "update_id + n * 1000000".to_owned(),
                // What is empty refers to nothing.
                it if kind == "text"
                    && (it.ends_with("id") || it == "key" || it == "code_hash" || it == "holder") =>
                {
                    format!("CASE WHEN {it} = '' THEN '' ELSE {it} || '-' || n END")
                }
                it => it.to_owned(),
            });
            names.push(name);
        }
        let (names, values) = (names.join(", "), values.join(", "));
        let sql =
            format!("INSERT INTO {table} ({names}) SELECT {values} FROM {table}, generate_series(1, 60) n");
        let done = connection.execute(AssertSqlSafe(sql)).await;
        done.unwrap_or_else(|fault| panic!("{table}: {fault}"));
    }
    connection.execute("ANALYZE").await.unwrap();
}

/// Whether a search finds all of a school, or all its students, whomever the question is about.
fn is_all_of_a_school(by: &str, sql: &str) -> bool {
    by == "school_id" || (by == "school_id role" && sql.contains("role = 'student'"))
}

/// `SCAN p`, `SEARCH o USING INDEX post_role (school_id=? AND role=?)`.
fn sqlite_steps(plan: &[String], sql: &str, tables: &HashSet<String>) -> Vec<Step> {
    let words: Vec<&str> =
        sql.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|it| !it.is_empty()).collect();
    // Behind the table stands its other name, if it has one.
    let table_of = |name: &str| match tables.contains(name) {
        true => name.to_owned(),
        false => {
            let pair = words.windows(2).find(|it| it[1] == name && tables.contains(it[0]));
            let aliased =
                words.windows(3).find(|it| it[2] == name && it[1] == "AS" && tables.contains(it[0]));
            let found = pair.map(|it| it[0]).or(aliased.map(|it| it[0]));
            found.unwrap_or_default().to_owned()
        }
    };
    // Rows of a step before bear a name, too.
    let made =
        plan.iter().filter_map(|it| it.strip_prefix("CO-ROUTINE ").or(it.strip_prefix("MATERIALIZE ")));
    let made_on_the_way: Vec<String> = made.map(|name| format!("SCAN {name}")).collect();
    let step = |line: &String| {
        let (scans, rest) = match (line.strip_prefix("SCAN "), line.strip_prefix("SEARCH ")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return None,
        };
        let name = rest.split_whitespace().next()?;
        // What is no table of ours is a list of values or the rows of another step.
        let table = table_of(name);
        assert!(
            !table.is_empty()
                || name == "json_each"
                || name.starts_with('(')
                || name.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()),
            "which table is {line}, in {sql}"
        );
        let index = rest.split_once("INDEX ").map_or("", |(_, it)| it.split(' ').next().unwrap_or_default());
        let by = rest.rsplit_once(" (").map_or("", |(_, it)| it.trim_end_matches(')'));
        let by = if scans { String::new() } else { columns(by.split(" AND ")) };
        Some(Step { table, index: index.to_owned(), by })
    };
    plan.iter().filter(|it| !made_on_the_way.iter().any(|name| it.ends_with(name))).filter_map(step).collect()
}

/// `Index Scan using post_role on post o`, with an `Index Cond:` below it where it is searched.
fn postgres_steps(plan: &[String]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    // The table whose rows are fetched after an index was read: `Bitmap Heap Scan on post o`.
    let mut heap = String::new();
    for line in plan {
        let line = line.trim_start_matches([' ', '-', '>']);
        let line = line.split("  (").next().unwrap_or_default();
        if let Some(condition) = line.strip_prefix("Index Cond: ") {
            if let Some(step) = steps.iter_mut().rev().find(|it| !it.index.is_empty()) {
                step.by = columns(condition.split(" AND "));
            }
            continue;
        }
        let (what, name) = line.split_once(" on ").unwrap_or((line, ""));
        let name = name.split(' ').next().unwrap_or_default();
        let step = |table: &str, index: &str| {
            let (table, index) = (table.to_owned(), index.to_owned());
            Step { table, index, by: String::new() }
        };
        if what.ends_with("Seq Scan") {
            steps.push(step(name, ""));
        } else if let Some((_, index)) = what.split_once(" using ") {
            steps.push(step(name, index));
        } else if what.ends_with("Bitmap Heap Scan") {
            name.clone_into(&mut heap);
        } else if what.ends_with("Bitmap Index Scan") {
            steps.push(step(&heap, name));
        }
    }
    steps
}

/// The names of columns that are compared.
fn columns<'a>(conditions: impl Iterator<Item = &'a str>) -> String {
    let name = |it: &'a str| {
        let it = it.trim_start_matches('(');
        // Two columns may be compared as one: `ROW(bot, update_id) > ..`.
        let it = it.strip_prefix("ROW(").unwrap_or(it);
        it.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default()
    };
    conditions.map(name).collect::<Vec<_>>().join(" ")
}
