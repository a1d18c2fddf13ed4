import { Controller, Get, Param, Query } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsInt, IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import { constrain, constrainPaths, constrainQueries } from './constraints';

class ConstrainedParent {
  @Matches(/^[A-Z]+$/) code: string;
}
class ConstrainedPath extends ConstrainedParent {
  @IsString() @Length(1, 100) id: string;
}
class ConstrainedChild extends ConstrainedParent {
  @IsInt() count: number;
  @IsOptional() @IsISO8601({ strict: true }) at?: string;
  @IsArray() @ArrayMaxSize(2) @Matches(/^x/, { each: true }) tags: string[];
}

@Controller('constrained')
class ConstrainedController {
  @Get(':code')
  list(@Param('code') _code: string, @Query() _query: ConstrainedChild): string {
    return '';
  }
  @Get()
  named(@Query('code') _code: string): string {
    return '';
  }
}

describe('constraints of a contract', () => {
  it('that the plugin leaves out are written into the schema of the class, inherited ones too', () => {
    expect(ConstrainedChild.name).toBe('ConstrainedChild');
    const text = { type: 'string' };
    const schema = {
      type: 'object',
      properties: {
        code: { ...text },
        count: { type: 'number' },
        at: { ...text },
        tags: { type: 'array', items: { ...text } },
      },
    };
    constrain({ ConstrainedChild: schema });
    expect(schema.properties).toEqual({
      code: { type: 'string', pattern: '^[A-Z]+$' },
      count: { type: 'integer' },
      at: { type: 'string', format: 'date-time' },
      tags: { type: 'array', items: { type: 'string', pattern: '^x' } },
    });
  });
  it('are written into the parameters of a query too, not into those of the path', () => {
    const parameters = (): {
      name: string;
      in: 'path' | 'query';
      schema: { type: string; minimum?: number; items?: { type: string } };
    }[] => [
      { name: 'code', in: 'path', schema: { type: 'string' } },
      { name: 'code', in: 'query', schema: { type: 'string' } },
      { name: 'count', in: 'query', schema: { type: 'number', minimum: 1 } },
      { name: 'tags', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
    ];
    const list = { operationId: 'Constrained.list', parameters: parameters(), responses: {} };
    const named = { operationId: 'Constrained.named', parameters: parameters(), responses: {} };
    const paths = { '/constrained/{code}': { get: list }, '/constrained': { get: named } };
    constrainQueries({ paths }, [ConstrainedController], (controller, method) =>
      [controller.replace('Controller', ''), method].join('.'),
    );
    expect(list.parameters.map(({ schema }) => schema)).toEqual([
      { type: 'string' },
      { type: 'string', pattern: '^[A-Z]+$' },
      { type: 'integer', minimum: 1 },
      { type: 'array', items: { type: 'string', pattern: '^x' } },
    ]);
    expect(named.parameters).toEqual(parameters());
  });
  it('are written into the parameters of a path, which are fields of what the route is given', () => {
    const parameters: { name: string; in: 'path' | 'query'; schema: { type: string } }[] = [
      { name: 'code', in: 'path', schema: { type: 'string' } },
      { name: 'id', in: 'path', schema: { type: 'string' } },
      { name: 'id', in: 'query', schema: { type: 'string' } },
    ];
    const paths = { '/v1/{code}/of/{id}': { get: { parameters, responses: {} } } };
    constrainPaths({ paths }, [{ verb: 'GET', path: '/v1/:code/of/:id', input: ConstrainedPath }]);
    expect(parameters.map(({ schema }) => schema)).toEqual([
      { type: 'string', pattern: '^[A-Z]+$' },
      { type: 'string', minLength: 1, maxLength: 100 },
      { type: 'string' },
    ]);
  });
});
