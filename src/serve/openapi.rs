//! The documentation of the routes for programs, by `OpenAPI` 3.1.

use serde_json::{Value, json};
use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn, PathItemBuilder};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, HttpMethod, InfoBuilder, OpenApi, OpenApiBuilder, PathsBuilder, RefOr,
    Required, ResponseBuilder, Schema,
};

use super::params::{Param, Takes};
use super::route::{Access, Gives, Route, Verb};
use super::{answer, schema};

/// What every route may answer besides.
const FAILURES: [(u16, &str); 6] = [
    (400, "The request says what cannot be; all that is wrong with a query is told at once"),
    (401, "The key is missing or another"),
    (413, "The body is too long"),
    (421, "The Host is none that the server goes by"),
    (500, "A defect, or a damaged index"),
    (503, "Too much at once, or a query that took too long; Retry-After says when to ask again"),
];

/// The document of some routes.
pub(super) fn document(routes: &[Route]) -> Result<OpenApi, serde_json::Error> {
    let mut paths = PathsBuilder::new();
    for route in routes {
        let method = match route.verb {
            Verb::Get => HttpMethod::Get,
            Verb::Post => HttpMethod::Post,
            Verb::Put => HttpMethod::Put,
            Verb::Delete => HttpMethod::Delete,
        };
        let item = PathItemBuilder::new().operation(method, operation(route)?);
        paths = paths.path(route.path, item.build());
    }
    let info = InfoBuilder::new()
        .title("dateline")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Search a news archive by who, where, how much and when, and get the sentence that says it. Offsets are half-open ranges of bytes of UTF-8 text."));
    let mut components = ComponentsBuilder::new()
        .security_scheme("key", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    for (name, shape) in schema::all() {
        components = components.schema(name, of(&shape)?);
    }
    Ok(OpenApiBuilder::new()
        .info(info.build())
        .paths(paths.build())
        .components(Some(components.build()))
        .build())
}

fn operation(route: &Route) -> Result<utoipa::openapi::path::Operation, serde_json::Error> {
    let name: String =
        route.path.split(['/', '{', '}']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_");
    let verb = match route.verb {
        Verb::Get => "get",
        Verb::Post => "post",
        Verb::Put => "put",
        Verb::Delete => "delete",
    };
    let id = if name.is_empty() { verb.to_owned() } else { format!("{verb}_{}", name.replace('.', "_")) };
    let mut operation = OperationBuilder::new().operation_id(Some(id)).summary(Some(route.summary));
    if !route.about.is_empty() {
        operation = operation.description(Some(route.about));
    }
    if let Some((name, about)) = route.part {
        let part =
            ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True);
        let text = of(&json!({ "type": "string", "minLength": 1 }))?;
        operation = operation.parameter(part.description(Some(about)).schema(Some(text)));
    }
    for param in route.params {
        operation = operation.parameter(parameter(param)?);
    }
    if !route.takes.is_empty() {
        let mut body = RequestBodyBuilder::new().required(Some(Required::True));
        for (kind, shape) in &route.takes {
            body = body.content(*kind, Content::new(Some(of(shape)?)));
        }
        operation = operation.request_body(Some(body.build()));
    }
    for gives in &route.gives {
        operation = operation.response(gives.status.to_string(), response(gives)?);
    }
    let stated: Vec<u16> = route.gives.iter().map(|gives| gives.status).collect();
    for (status, about) in FAILURES.into_iter().filter(|(status, _)| !stated.contains(status)) {
        let failed = Gives { status, about, kinds: vec![(answer::JSON, schema::named("Failure"))] };
        operation = operation.response(status.to_string(), response(&failed)?);
    }
    operation = match route.access {
        Access::Open => operation,
        Access::Read => operation
            .security(SecurityRequirement::default())
            .security(SecurityRequirement::new::<_, [String; 0], String>("key", [])),
        Access::Write => operation.security(SecurityRequirement::new::<_, [String; 0], String>("key", [])),
    };
    Ok(operation.build())
}

fn parameter(param: &Param) -> Result<utoipa::openapi::path::Parameter, serde_json::Error> {
    let shape = match param.takes {
        Takes::Needed => json!({ "type": "string", "minLength": 1 }),
        Takes::Text | Takes::Date => json!({ "type": "string" }),
        Takes::Number { unless, least, most } => {
            json!({ "type": "integer", "minimum": least, "maximum": most, "default": unless })
        }
        Takes::One(words) => json!({ "type": "string", "enum": words, "default": words.first() }),
        Takes::Flag(unless) => json!({ "type": "boolean", "default": unless }),
        Takes::List(unless) => json!({ "type": "string", "default": unless }),
    };
    let needed = matches!(param.takes, Takes::Needed);
    Ok(ParameterBuilder::new()
        .name(param.name)
        .parameter_in(ParameterIn::Query)
        .required(if needed { Required::True } else { Required::False })
        .description(Some(param.about))
        .schema(Some(of(&shape)?))
        .build())
}

fn response(gives: &Gives) -> Result<utoipa::openapi::Response, serde_json::Error> {
    let mut response = ResponseBuilder::new().description(gives.about);
    for (kind, shape) in &gives.kinds {
        response = response.content(*kind, Content::new(Some(of(shape)?)));
    }
    Ok(response.build())
}

/// A schema that is written as JSON; any text where nothing is said.
fn of(shape: &Value) -> Result<RefOr<Schema>, serde_json::Error> {
    let shape = if shape.is_null() { json!({ "type": "string" }) } else { shape.clone() };
    serde_json::from_value(shape)
}
