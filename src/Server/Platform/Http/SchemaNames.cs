using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Lastro.Server.Platform.Http;

/// <summary>Names schemas by their verb ("BalancesResponse"): by the bare name, every verb's Response would share one schema.</summary>
internal static class SchemaNames
{
    public static IServiceCollection AddSchemaNames(this IServiceCollection services) =>
        services.Configure<OpenApiOptions>("v1", options => options.CreateSchemaReferenceId = Name);

    private static string? Name(JsonTypeInfo type) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(type) is null ? null : Of(Nullable.GetUnderlyingType(type.Type) ?? type.Type);

    private static string Of(Type type)
    {
        if (type.IsGenericType)
            return type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Join("And", type.GetGenericArguments().Select(Of));
        return type.DeclaringType is { } verb ? Of(verb) + type.Name : type.Name;
    }
}
