//! The `tierscope` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    tierscope::cli::main()
}
