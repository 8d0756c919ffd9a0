using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace Lastro.Server.Platform.Http;

/// <summary>The OpenAPI document: amounts are strings, and every operation says how it refuses.</summary>
internal static class ApiDocument
{
    private const string Amount = @"^-?\d+(\.\d+)?$";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Shape(schema, context.JsonTypeInfo.Type);
            Name(schema, context.JsonPropertyInfo);
            Complete(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Lastro",
                Version = "v1",
                Description = "Amounts and prices are strings in plain decimal notation; times are ISO 8601 in UTC; lists are paged by limit and cursor. "
                    + "Refusals are RFC 9457 problem details with a stable code.",
            };
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>().Where(one => one.In == ParameterLocation.Query) ?? [])
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
            operation.Responses ??= [];
            operation.Responses.TryAdd("default", new OpenApiResponse
            {
                Description = "Refused: problem details with code and, where they apply, field, value, limit.",
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new() { Schema = Problem() } },
            });
            return Task.CompletedTask;
        });
    });

    private static void Shape(OpenApiSchema schema, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var nullable = bare != type ? JsonSchemaType.Null : default;
        if (bare == typeof(decimal))
        {
            schema.Type = JsonSchemaType.String | nullable;
            schema.Pattern = Amount;
            schema.Format = "decimal";
        }
        else if (bare == typeof(DateTimeOffset))
        {
            schema.Type = JsonSchemaType.String | nullable;
            schema.Format = "date-time";
        }
        else if (Elements(type) is { } items)
        {
            schema.Items = items;
        }
    }

    /// <summary>The elements of a list that a converter of ours writes, at any depth.</summary>
    private static OpenApiSchema? Elements(Type type)
    {
        var element = type.IsArray ? type.GetElementType() : type.IsGenericType && type.GetGenericArguments() is [var only] && type.IsAssignableTo(typeof(System.Collections.IEnumerable)) ? only : null;
        if (element is null) return null;
        if (element == typeof(decimal) || element == typeof(string)) return new OpenApiSchema { Type = JsonSchemaType.String };
        return Elements(element) is { } inner ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = inner } : null;
    }

    /// <summary>A text that can only be one of a few words says so with <see cref="AllowedValuesAttribute"/>.</summary>
    private static void Name(OpenApiSchema schema, JsonPropertyInfo? property)
    {
        if (property?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: true) is [AllowedValuesAttribute words])
            schema.Enum = [.. words.Values.Select(word => (JsonNode)JsonValue.Create((string)word!))];
    }

    /// <summary>An answer always holds all its members, null where there is nothing to say.</summary>
    private static void Complete(OpenApiSchema schema, Type type)
    {
        if (schema.Properties is { Count: > 0 } properties && !type.Name.EndsWith("Request", StringComparison.Ordinal))
            schema.Required = properties.Keys.ToHashSet(StringComparer.Ordinal);
    }

    private static OpenApiSchema Problem()
    {
        static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(StringComparer.Ordinal) { "status", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text(),
                ["title"] = Text(),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["code"] = Text(),
                ["field"] = Text(),
                ["value"] = Text(),
                ["limit"] = Text(),
                ["detail"] = Text(),
            },
        };
    }
}
