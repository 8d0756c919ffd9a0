using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lastro.Core;
using Lastro.Server.Platform.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.Markets;

/// <summary>The API's JSON in short, for a host without the rest of the platform.</summary>
internal static class JsonRules
{
    public static void Add(IServiceCollection services) => services.ConfigureHttpJsonOptions(options =>
    {
        options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.SerializerOptions.Converters.Add(new Amounts());
        options.SerializerOptions.Converters.Add(new Times());
    });

    private sealed class Amounts : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            decimal.Parse(reader.GetString()!, CultureInfo.InvariantCulture);

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(Decimals.ToPlain(value));
    }

    private sealed class Times : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(StreamFrame.Time(value.ToUnixTimeMilliseconds()));
    }
}
