//! Parquet: row group by row group.

use std::collections::HashSet;
use std::fs::File;
use std::sync::Arc;

use polars::prelude::{ArrowSchema, DataFrame, FileMetadata, ParquetReader, SerReader, infer_schema};

use super::{ColumnarError, Origin, Piece, prorated};

/// The row groups of a Parquet file.
pub(super) struct RowGroups {
    file: File,
    pub(super) metadata: Arc<FileMetadata>,
    /// `metadata` without row groups, to make that of a file of one group from.
    bare: FileMetadata,
    next: usize,
    /// Rows of the groups before `next`.
    rows: u64,
}

impl RowGroups {
    pub(super) fn open(origin: &Origin, mut file: File) -> Result<(Self, ArrowSchema), ColumnarError> {
        let metadata = origin.guarded(|| Ok(ParquetReader::new(&mut file).get_metadata()?.clone()))?;
        let mut names = HashSet::new();
        if !metadata.schema().fields().iter().all(|field| names.insert(field.name())) {
            return Err(ColumnarError::RepeatedNames { path: origin.path.clone() });
        }
        let fields = origin.guarded(|| infer_schema(&metadata))?;
        let mut bare = FileMetadata::clone(&metadata);
        bare.row_groups.clear();
        Ok((Self { file, metadata, bare, next: 0, rows: 0 }, fields))
    }

    /// Decodes the next row group, or only its first rows when `most` says how many.
    pub(super) fn next(
        &mut self,
        origin: &Origin,
        columns: &[usize],
        most: Option<usize>,
    ) -> Result<Option<Piece>, ColumnarError> {
        let Some(group) = self.metadata.row_groups.get(self.next) else { return Ok(None) };
        let rows = group.num_rows();
        let mut metadata = self.bare.clone();
        metadata.row_groups.push(group.clone());
        metadata.num_rows = rows;
        let frame = if columns.is_empty() {
            DataFrame::empty_with_height(most.map_or(rows, |most| most.min(rows)))
        } else {
            origin.guarded(|| {
                let slice = most.map(|most| (0, most));
                let reader = ParquetReader::new(&mut self.file).with_projection(Some(columns.to_vec()));
                let mut reader = reader.with_slice(slice);
                reader.set_metadata(Arc::new(metadata));
                reader.finish()
            })?
        };
        let whole = self.metadata.num_rows as u64;
        let start = prorated(origin.size, self.rows, whole);
        self.rows += rows as u64;
        self.next += 1;
        Ok(Some(Piece { frame, bytes: start..prorated(origin.size, self.rows, whole) }))
    }
}
