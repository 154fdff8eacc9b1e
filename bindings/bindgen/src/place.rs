//! Puts freshly generated files in place, touching only what differs.
//! The Swift and Kotlin builds go by modification time: an unchanged core then rebuilds nothing there.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Makes folder `to` hold exactly the files of `from`; returns how many files were written or removed.
pub fn place(from: &Path, to: &Path) -> io::Result<usize> {
    let fresh = files(from)?;
    let mut changed = 0_usize;
    for file in &fresh {
        let (source, target) = (from.join(file), to.join(file));
        let bytes = std::fs::read(source)?;
        if std::fs::read(&target).is_ok_and(|present| present == bytes) {
            continue;
        }
        if let Some(folder) = target.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(target, bytes)?;
        changed = changed.saturating_add(1);
    }
    for file in files(to)?.difference(&fresh) {
        std::fs::remove_file(to.join(file))?;
        changed = changed.saturating_add(1);
    }
    Ok(changed)
}

/// Every file under `folder`, as paths relative to it.
fn files(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(folder.join(&inside))? {
            let entry = entry?;
            let path = inside.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                found.insert(path);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::place;
    use std::fs;
    use std::time::SystemTime;

    #[test]
    fn only_what_differs_is_touched_and_what_is_gone_is_removed() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (from, to) = (from.path(), to.path());
        fs::create_dir(from.join("inner")).unwrap();
        fs::write(from.join("inner/same"), "same").unwrap();
        fs::write(from.join("new"), "new").unwrap();
        fs::create_dir(to.join("inner")).unwrap();
        fs::write(to.join("inner/same"), "same").unwrap();
        fs::write(to.join("old"), "old").unwrap();
        let long_ago = SystemTime::UNIX_EPOCH;
        fs::File::options().append(true).open(to.join("inner/same")).unwrap().set_modified(long_ago).unwrap();

        assert_eq!(place(from, to).unwrap(), 2);

        assert_eq!(fs::metadata(to.join("inner/same")).unwrap().modified().unwrap(), long_ago);
        assert_eq!(fs::read_to_string(to.join("new")).unwrap(), "new");
        assert!(!to.join("old").exists());
        assert_eq!(place(from, to).unwrap(), 0);
    }
}
