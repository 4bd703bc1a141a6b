//! What a form is about beside single students: a class, a group, the school, or the mentor's own work.

use super::{
    Answer, Refusal, Trouble,
    desk::{Desk, actor, could},
    filling::Filling,
    form::{self, Form},
};
use crate::{
    school::{About, AboutId, Act, ClassId, GroupId, PersonId, Post, Subject, Tie, access::tie, may},
    store::Hat,
};

/// Something that a form may be about.
#[derive(Clone, Debug)]
pub struct Matter {
    /// Its id.
    pub id: AboutId,
    /// What people call it.
    pub name: String,
    /// The students who belong to it and were there unless somebody says otherwise: the members of a group.
    pub members: Vec<(PersonId, String)>,
}

/// Opens a form about whatever it is about: `about` is a student, a class or a group, or '' where the form asks for it. `word`
/// is the form that the record shall have, where that is known.
pub async fn open(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &'static Form,
    about: &str,
    word: Option<&str>,
) -> Answer {
    let of = match (form.about, about) {
        (About::Pairing, "") => return form::open_about(desk, hat, form, None).await,
        (About::Pairing, student) => return form::open_about(desk, hat, form, Some(student)).await,
        (About::Mentor, _) => hat.person.as_str().to_owned(),
        (About::School, _) => hat.school.id.as_str().to_owned(),
        // Who answers for one class or group alone is not asked for which.
        (_, "") => match own(desk, hat, form).await?.as_slice() {
            [] if form.about == About::Group && could(hat, form.act) => return Err(Refusal::NoGroups.into()),
            [] => return Err(Refusal::NotAllowed.into()),
            [one] => one.id.as_str().to_owned(),
            _ => return form::open(desk, hat, form, Filling::new(form, &hat.person), None).await,
        },
        (_, about) => about.to_owned(),
    };
    let found = allowed(desk, hat, form, &of).await?;
    let mut filling = Filling::new(form, &hat.person).with_matter(found.id, &found.name);
    filling.who = found.members;
    if let Some(word) = word.filter(|_| form.step("form").is_some()) {
        filling.answer("form", word.to_owned());
    }
    form::open(desk, hat, form, filling, None).await
}

/// This matter, if the person may do what the form does about it.
pub async fn allowed(desk: &mut Desk<'_>, hat: &Hat, form: &Form, id: &str) -> Result<Matter, Trouble> {
    let school = &hat.school;
    let is_allowed = |subject: &Subject<'_>| may(&actor(hat), form.act, subject);
    let (is_allowed, name, members) = match form.about {
        About::Class => {
            let class = ClassId::from(id);
            let name = desk.read().await?.class_names(&school.id).await?.remove(&class);
            let name = name.ok_or(Refusal::NotFound)?;
            (is_allowed(&Subject::class(&school.id, &class)), name, Vec::new())
        }
        About::Group => {
            let today = desk.today(school);
            let tx = desk.read().await?;
            let group = tx.group(&school.id, &GroupId::from(id), today).await?.ok_or(Refusal::NotFound)?;
            let members = tx.group_members(&group.id).await?;
            (is_allowed(&Subject::person(&school.id, &group.leader)), group.name, members)
        }
        About::School if id == school.id.as_str() => {
            (is_allowed(&Subject::school(&school.id)), school.name.clone(), Vec::new())
        }
        About::Mentor => {
            let person = PersonId::from(id);
            (is_allowed(&Subject::person(&school.id, &person)), hat.name.clone(), Vec::new())
        }
        About::School | About::Pairing | About::Resolution => return Err(Refusal::NotFound.into()),
    };
    match is_allowed {
        true => Ok(Matter { id: id.into(), name, members }),
        false => Err(Refusal::NotAllowed.into()),
    }
}

/// The classes or groups that the form could be about for this person, by name.
pub async fn own(desk: &mut Desk<'_>, hat: &Hat, form: &Form) -> Result<Vec<Matter>, Trouble> {
    let (school, today) = (&hat.school.id, desk.today(&hat.school));
    let tx = desk.read().await?;
    let is_allowed = |subject: &Subject<'_>| may(&actor(hat), form.act, subject);
    let bare = |id: &str, name: String| Matter { id: id.into(), name, members: Vec::new() };
    let mut found: Vec<Matter> = match form.about {
        About::Class => {
            let classes = tx.class_names(school).await?.into_iter();
            let classes = classes.filter(|(id, _)| is_allowed(&Subject::class(school, id)));
            classes.map(|(id, name)| bare(id.as_str(), name)).collect()
        }
        About::Group => {
            let groups = tx.groups(school, today).await?.into_iter();
            let groups = groups.filter(|it| is_allowed(&Subject::person(school, &it.leader)));
            groups.map(|it| bare(it.id.as_str(), it.name)).collect()
        }
        _ => Vec::new(),
    };
    found.sort_by(|a, b| (&a.name, a.id.as_str()).cmp(&(&b.name, b.id.as_str())));
    Ok(found)
}

/// The students whom the form may name: members of the group that it is about, and whoever could come into it; else own students, and those of a class where
/// who leads the class has the same right.
pub async fn students(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &Form,
    filling: &Filling,
) -> Result<Vec<(PersonId, String)>, Trouble> {
    let mut found: Vec<(PersonId, String)> = Vec::new();
    let mut act = form.act;
    if let Some((id, _)) = &filling.matter {
        found = allowed(desk, hat, form, id.as_str()).await?.members;
        if form.step("members").is_none() {
            return Ok(found);
        }
        // Others come into the group by the right by which one begins a group of them.
        act = Act::KeepFile;
    }
    let today = desk.today(&hat.school);
    let tx = desk.read().await?;
    let mut rows = tx.students_of(&hat.person, today).await?;
    let leads = |post: &&Post| tie(act, post.role) == Some(Tie::ClassOf);
    for class in hat.posts.iter().filter(leads).filter_map(|post| post.class.as_ref()) {
        rows.extend(tx.students_in(&hat.school.id, Some(class)).await?);
    }
    for row in rows {
        if found.iter().all(|(id, _)| *id != row.id) {
            found.push((row.id, row.name));
        }
    }
    Ok(found)
}

/// This student, if the form may name him or her.
pub async fn student(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &Form,
    filling: &Filling,
    id: &str,
) -> Result<(PersonId, String), Trouble> {
    if filling.matter.is_some() {
        let members = students(desk, hat, form, filling).await?;
        return Ok(members.into_iter().find(|(it, _)| it.as_str() == id).ok_or(Refusal::StaleButton)?);
    }
    let around = desk.allowed(hat, form.act, &id.into()).await?;
    (form.suits)(&around)?;
    Ok((around.student, around.name))
}

/// Whether the person may still do what the form does about all that it is about.
pub async fn still_allowed(
    desk: &mut Desk<'_>,
    hat: &Hat,
    form: &Form,
    filling: &Filling,
) -> Result<(), Trouble> {
    match &filling.matter {
        // The members of a group are not all students of who leads it.
        Some((id, _)) => allowed(desk, hat, form, id.as_str()).await.map(drop),
        None => {
            for (student, _) in &filling.who {
                desk.allowed(hat, form.act, student).await?;
            }
            Ok(())
        }
    }
}
