//! A generator of one's own: `cargo run -p tablature-build --example generate petstore.json petstore-api`.

use std::error::Error;

use tablature_build::{Build, Folder, Plan};
use tablature_codegen::{Config, Runtime};

fn main() -> Result<(), Box<dyn Error>> {
    let [_, document, folder] = &std::env::args().collect::<Vec<_>>()[..] else {
        return Err("name a document and a folder".into());
    };
    let config = Config::new("petstore-api", "make api", Runtime::Version("0.1".to_owned()));
    let outcome = Build::new(".", vec![document.clone()], config).generate(&mut |_| {})?;
    eprint!("{}", outcome.rendered(false));
    let generated = outcome.emitted.ok_or("the document holds errors")?;
    let folder = Folder::of_crate(folder)?;
    Plan::of(&folder, &generated.files)?.write()?;
    println!("{} files in {}", generated.files.len(), folder.name);
    Ok(())
}
