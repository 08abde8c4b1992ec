use crate::kit::sent;
use crate::names_of_operations::operations::GetPets;

#[test]
fn text_of_the_document_is_text() {
    let pets = GetPets {
        r#type: Some("cat".to_owned()),
        self_: Some("me".to_owned()),
        a_b: Some("c".to_owned()),
    };
    assert!(sent(&pets).url.ends_with("/pets?type=cat&self=me&a%22b=c"), "{}", sent(&pets).url);
}
