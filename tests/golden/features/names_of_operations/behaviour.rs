use crate::kit::sent;
use crate::names_of_operations::operations::{
    GetPets, GetPetsByIdAndFromAndToJson, Impl, SameGet, SamePost, SamePut,
};

#[test]
fn text_of_the_document_is_text() {
    let pets = GetPets {
        r#type: Some("cat".to_owned()),
        self_: Some("me".to_owned()),
        a_b: Some("c".to_owned()),
    };
    assert!(sent(&pets).url.ends_with("/pets?type=cat&self=me&a%22b=c"), "{}", sent(&pets).url);
}

#[test]
fn twins_are_told_apart_by_their_methods() {
    let sent =
        [sent(&SameGet::new(1)), sent(&SamePut::new(2)), sent(&Impl::new(3)), sent(&SamePost {})];
    let calls: Vec<_> = sent.iter().map(|s| format!("{} {}", s.method, s.target())).collect();
    assert_eq!(calls, ["GET /pets/1", "PUT /pets/2", "DELETE /pets/3", "POST /pets"]);
}

#[test]
fn several_parameters_stand_in_one_segment() {
    let pets = GetPetsByIdAndFromAndToJson::new(1, "a/b", "c..d");
    assert_eq!(sent(&pets).target(), "/pets/1/a%2Fb..c..d.json");
}

#[test]
fn nothing_that_is_absent_is_sent() {
    assert_eq!(sent(&GetPets::default()).target(), "/pets");
}
