using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Lastro.Server.Platform.Json;

/// <summary>One way to write JSON, for HTTP, the stream and the outbox alike.</summary>
internal static class JsonSetup
{
    public static IServiceCollection AddJson(this IServiceCollection services) => services
        // Only what is thrown reaches ErrorHandling, which names the field; in production a bare 400 is the framework's habit.
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true)
        .ConfigureHttpJsonOptions(options => Apply(options.SerializerOptions))
        .AddSingleton(provider => provider.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);

    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new PlainDecimalConverter());
        options.Converters.Add(new UtcTimeConverter());
    }
}
