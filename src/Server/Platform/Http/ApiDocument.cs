using System.Text.Json;
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
