//! Traces and metrics of calls, by OpenTelemetry's own SDK.

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]

    use gusset::testing::{ManualClock, Script, json, with_header};
    use gusset::{Options, Secret};
    use hubspot::operations::GetContact;
    use hubspot::{Client, Credentials, Settings};
    use opentelemetry::KeyValue;
    use opentelemetry::trace::TracerProvider;
    use opentelemetry_sdk::metrics::data::{AggregatedMetrics, MetricData};
    use opentelemetry_sdk::metrics::{InMemoryMetricExporter, PeriodicReader, SdkMeterProvider};
    use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider};
    use serde_json::json as value;
    use std::sync::Arc;
    use tracing::Instrument;
    use tracing_subscriber::layer::SubscriberExt;

    fn contact() -> gusset::Answer {
        let at = "2026-11-22T10:00:00Z";
        let contact = value!({"id": "1", "properties": {}, "createdAt": at, "updatedAt": at, "archived": false});
        json(200, &contact)
    }

    /// One test, because meters and subscribers are those of the process.
    #[tokio::test]
    async fn calls_carry_their_trace_and_are_measured() {
        let spans = InMemorySpanExporter::default();
        let tracers = SdkTracerProvider::builder().with_simple_exporter(spans.clone()).build();
        let layer = tracing_opentelemetry::layer().with_tracer(tracers.tracer("program"));
        let subscriber = tracing_subscriber::registry().with(layer);
        let _default = tracing::subscriber::set_default(subscriber);
        let metrics = InMemoryMetricExporter::default();
        let reader = PeriodicReader::builder(metrics.clone()).build();
        let meters = SdkMeterProvider::builder().with_reader(reader).build();
        opentelemetry::global::set_meter_provider(meters.clone());

        let busy = with_header(json(429, &value!({"message": "slow down"})), "Retry-After", "3");
        let script = Script::answering([busy, contact()]);
        let options = Options::default()
            .with_transport(Arc::new(script.clone()))
            .with_clock(Arc::new(ManualClock::leaping()));
        let credentials = Credentials::private_app(Secret::from("canary"));
        let client = Client::new(credentials, &Settings::default(), options).unwrap();
        let outer = tracing::info_span!("nightly");
        client.send(&GetContact::new("1")).instrument(outer.clone()).await.unwrap();
        drop(outer);

        // The two times that it was sent are children of the program's span, and the provider is told which each is.
        let spans = spans.get_finished_spans().unwrap();
        let outer = spans.iter().find(|span| span.name == "nightly").unwrap();
        let sent: Vec<_> = spans.iter().filter(|span| span.name == "get_contact").collect();
        assert_eq!(sent.len(), 2);
        let carried: Vec<String> =
            script.sent().iter().map(|sent| sent.header("traceparent").to_owned()).collect();
        for (span, carried) in sent.iter().zip(&carried) {
            let of = &span.span_context;
            assert_eq!(span.parent_span_id, outer.span_context.span_id());
            assert_eq!(*carried, format!("00-{}-{}-01", of.trace_id(), of.span_id()));
            let has = |key: &'static str, value: i64| {
                span.attributes.contains(&KeyValue::new(key, value))
            };
            assert!(has("server.port", 443), "{:?}", span.attributes);
        }
        let status = |n: usize, status: i64| {
            sent[n].attributes.contains(&KeyValue::new("http.response.status_code", status))
        };
        assert!(status(0, 429) && status(1, 200));

        meters.force_flush().unwrap();
        let found = metrics.get_finished_metrics().unwrap();
        let shown = format!("{found:?} {spans:?}");
        assert!(!shown.contains("canary"), "{shown}");
        let all: Vec<_> = found
            .iter()
            .flat_map(|resource| resource.scope_metrics())
            .flat_map(|scope| scope.metrics())
            .collect();
        let histogram = |name: &str| {
            let metric = all.iter().find(|metric| metric.name() == name);
            match metric.unwrap_or_else(|| panic!("no {name}: {all:?}")).data() {
                AggregatedMetrics::F64(MetricData::Histogram(histogram)) => histogram,
                other => panic!("{other:?}"),
            }
        };
        let durations = histogram("http.client.request.duration");
        let of_status = |status: i64| {
            let wanted = KeyValue::new("http.response.status_code", status);
            let mut points = durations.data_points();
            points.find(|point| point.attributes().any(|known| *known == wanted)).unwrap()
        };
        assert_eq!((of_status(200).count(), of_status(429).count()), (1, 1));
        let known: Vec<String> =
            of_status(429).attributes().map(|known| known.key.to_string()).collect();
        for key in [
            "http.request.method",
            "server.address",
            "server.port",
            "error.type",
            "gusset.operation",
        ] {
            assert!(known.iter().any(|known| known == key), "{key} in {known:?}");
        }
        let waits = histogram("gusset.limit.wait.duration");
        let waited: f64 = waits.data_points().map(|point| point.sum()).sum();
        assert!((waited - 3.0).abs() < 0.1, "{waited}");
        let again = all.iter().find(|metric| metric.name() == "gusset.client.resends").unwrap();
        match again.data() {
            AggregatedMetrics::U64(MetricData::Sum(sum)) => {
                assert_eq!(sum.data_points().map(|point| point.value()).sum::<u64>(), 1);
            }
            other => panic!("{other:?}"),
        }
    }
}
