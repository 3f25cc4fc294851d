//! Where the cells of tables begin, whose order is not that of the text.

use std::collections::HashSet;

use published::model::Published;
use published::prose::tables::tables;

/// Where a cell of a table begins or goes on in another line: the text as it runs on the page is not the order of the table.
pub fn borders(published: &Published) -> HashSet<usize> {
    let source = &published.source.text;
    let mut borders = HashSet::new();
    for (_, _, passage) in published.passages() {
        for table in tables(passage) {
            for cell in table.rows.iter().flatten() {
                borders.extend(cell.origin(0));
                let places: Vec<usize> = cell.as_str().char_indices().filter_map(|(at, _)| cell.origin(at)).collect();
                let jumps = places.windows(2).filter(|pair| source.get(pair[0]..pair[1]).is_none_or(|between| between.contains('\n')));
                borders.extend(jumps.map(|pair| pair[1]));
            }
            borders.extend(passage.starts.get(table.lines.end).and_then(|&after| passage.text.origin(after)));
        }
    }
    borders
}
