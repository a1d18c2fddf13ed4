import { ArrayMaxSize, IsArray, IsInt, IsISO8601, IsOptional, Matches } from 'class-validator';
import { constrain } from './constraints';

class ConstrainedParent {
  @Matches(/^[A-Z]+$/) code: string;
}
class ConstrainedChild extends ConstrainedParent {
  @IsInt() count: number;
  @IsOptional() @IsISO8601({ strict: true }) at?: string;
  @IsArray() @ArrayMaxSize(2) @Matches(/^x/, { each: true }) tags: string[];
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
});
