use crate::kit::sent;
use crate::swagger_lists::operations::GetLists;

#[test]
fn each_format_has_its_separator() {
    let list = || vec!["a".to_owned(), "b".to_owned()];
    let all = GetLists {
        said_nothing: vec![1, 2],
        csv: list(),
        ssv: list(),
        tsv: list(),
        pipes: list(),
        multi: list(),
        ..GetLists::new(list())
    };
    let sent = sent(&all);
    let (path, query) = sent.target().split_once('?').unwrap();
    assert!(path.ends_with("/lists/a,b"), "{path}");
    assert_eq!(query, "said_nothing=1,2&csv=a,b&ssv=a%20b&tsv=a,b&pipes=a%7Cb&multi=a&multi=b");
}
