//! The recorded pages to look at: static HTML, an index and a file for each page, with style and filter beside them.

mod edition;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use minijinja::value::Value;
use minijinja::{Environment, context};
use tablature_openapi::{Documents, Span};

use crate::coverage::{PageCoverage, State, coverage};
use crate::documented::Index;
use crate::facts::Page;
use crate::lock::Lock;
use crate::waiver::Waiver;

/// What a report shows.
#[derive(Debug)]
pub struct Material<'a> {
    /// The recorded pages.
    pub lock: &'a Lock,
    /// The reasons why rows are not in the documents.
    pub waivers: &'a [Waiver],
    /// The documents.
    pub documents: &'a Documents,
    /// Later editions, each by the key of the recorded page.
    pub editions: &'a BTreeMap<String, Page>,
}

/// Where things lie that a report links to.
pub trait Links {
    /// A place in a document.
    fn place(&self, span: Span) -> Link;
    /// The Rust item of a schema, or of its member.
    fn schema(&self, name: &str, member: Option<&str>) -> Option<Link>;
    /// The Rust item of an operation.
    fn operation(&self, method: &str, path: &str) -> Option<Link>;
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// What is shown.
    pub text: String,
    /// Where it leads to; empty where it leads nowhere.
    pub href: String,
}

/// A file of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The templates, by name. Those of HTML escape all that they print.
const TEMPLATES: [(&str, &str); 4] = [
    ("base.html", include_str!("../templates/base.html")),
    ("bar.html", include_str!("../templates/bar.html")),
    ("index.html", include_str!("../templates/index.html")),
    ("page.html", include_str!("../templates/page.html")),
];

/// The files that are the same in each report.
const ASSETS: [(&str, &str); 2] = [
    ("report.css", include_str!("../templates/report.css")),
    ("report.js", include_str!("../templates/report.js")),
];

/// Writes a report.
///
/// # Errors
/// When a template does not hold, which is a fault of this library.
pub fn report(material: &Material<'_>, links: &dyn Links) -> Result<Vec<File>, minijinja::Error> {
    let mut templates = Environment::new();
    for (name, text) in TEMPLATES {
        templates.add_template(name, text)?;
    }
    let coverage = coverage(material.lock, material.waivers, material.documents);
    let index = Index::of(material.documents);
    let names = file_names(material.lock);
    let mut files = Vec::new();
    let mut products: BTreeMap<&str, (Vec<Value>, [usize; 4])> = BTreeMap::new();
    for ((page, covered), name) in material.lock.pages.iter().zip(&coverage.pages).zip(names) {
        let counts = counts(covered);
        let edition = material.editions.get(&page.key);
        let (changes, changed) = edition.map(|it| edition::changes(page, it)).unwrap_or_default();
        let product = page.key.split_once('/').map_or("", |(folder, _)| folder);
        let (listed, total) = products.entry(product).or_default();
        for (total, count) in total.iter_mut().zip(counts) {
            *total += count;
        }
        listed.push(context! {
            file => &name,
            key => &page.key,
            title => page.title.clone().unwrap_or_default(),
            edition => page.edition.clone().unwrap_or_default(),
            operations => page.operations.len(),
            counts => bar(counts),
            changes => edition.map(|_| changes.len().to_string()).unwrap_or_default(),
        });
        let shown = context! {
            title => page.title.clone().unwrap_or_else(|| page.key.clone()),
            key => &page.key,
            format => page.format.name(),
            edition => page.edition.clone().unwrap_or_default(),
            source => link(&source(page)),
            counts => bar(counts),
            compared => edition.and_then(|it| it.edition.clone()).map(|it| format!("up to {it}")).unwrap_or_default(),
            changes => changes,
            operations => rows::operations(page, links),
            tables => rows::tables(page, covered, &index, &changed, links),
        };
        let text = templates.get_template("page.html")?.render(shown)?;
        files.push(File { name, text });
    }
    let products: Vec<_> = products
        .into_iter()
        .map(|(name, (pages, counts))| context! { name => name, pages => pages, counts => bar(counts) })
        .collect();
    let index = context! { title => "Documentation pages", products => products };
    files.push(File {
        name: "index.html".to_owned(),
        text: templates.get_template("index.html")?.render(index)?,
    });
    files.extend(ASSETS.map(|(name, text)| File {
        name: name.to_owned(),
        text: text.to_owned(),
    }));
    Ok(files)
}

/// A file name for each page, of letters that every system takes.
fn file_names(lock: &Lock) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::new();
    for page in &lock.pages {
        let safe = |it: char| match it {
            it if it.is_ascii_alphanumeric() || matches!(it, '-' | '.') => it,
            _ => '_',
        };
        let stem: String = page.key.chars().map(safe).collect();
        let numbered = (1..).map(|number| match number {
            1 => format!("page-{stem}.html"),
            _ => format!("page-{stem}-{number}.html"),
        });
        // Two names that differ in case alone are one file on some systems.
        let name = numbered.into_iter().find(|it| taken.insert(it.to_lowercase()));
        names.extend(name);
    }
    names
}

/// The web address of a page, where it is one: any other scheme is no link.
fn source(page: &Page) -> Link {
    let source = page.source.clone().unwrap_or_default();
    let is_web = source.starts_with("https://") || source.starts_with("http://");
    Link {
        text: if is_web { source.clone() } else { String::new() },
        href: if is_web { source } else { String::new() },
    }
}

/// How many rows are in each state, in the order of the bar.
fn counts(page: &PageCoverage) -> [usize; 4] {
    [State::Covered, State::Waived, State::Unknown, State::Missing].map(|it| page.count(it))
}

/// A bar of shares in percent, and the same in words.
fn bar(counts: [usize; 4]) -> Value {
    let all: usize = counts.iter().sum();
    let states = [State::Covered, State::Waived, State::Unknown, State::Missing].map(State::name);
    let parts: Vec<_> = states
        .iter()
        .zip(counts)
        .map(|(state, count)| {
            let share = (count * 1000).checked_div(all).unwrap_or(0);
            context! { state => *state, share => if count == 0 { String::new() } else { format!("{}.{}", share / 10, share % 10) } }
        })
        .collect();
    let words: Vec<_> = states
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| format!("{count} {state}"))
        .collect();
    let label = if words.is_empty() {
        "no rows".to_owned()
    } else {
        words.join(", ")
    };
    context! { parts => parts, label => label }
}

fn link(it: &Link) -> Value {
    context! { text => &it.text, href => &it.href }
}
