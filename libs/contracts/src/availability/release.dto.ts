import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { ID_PATTERN, POSITIVE_PATTERN } from '../values.dto';

export class ReleaseLine {
  @IsInt() @Min(1) line: number;
  /** Base units to free; all that is left when absent. Backordered first, then the latest promise, then allocations. */
  @IsOptional() @Matches(POSITIVE_PATTERN) quantity?: string;
  /**
   * Only what is held of this item: the one that the line asked for, or a substitute. `quantity` then counts it, not what it stands
   * for. All items when absent.
   */
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** Only what is held at, or promised from, this node. */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /**
   * Only this kind. ALLOCATED: stock on hand that is held. WAITING: what is promised from supply or waits in line. If the kind named
   * has meanwhile become the other, nothing is freed in its place. Both when absent.
   */
  @IsOptional() @IsIn(['WAITING', 'ALLOCATED']) held?: 'WAITING' | 'ALLOCATED';
}
export class ReleaseRequest {
  @IsString() @Length(1, 100) reservation: string;
  /** Idempotency of this release within the reservation, e.g. a cancellation's id. */
  @IsString() @Length(1, 200) key: string;
  /** All lines when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ReleaseLine)
  lines?: ReleaseLine[];
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
export class ReleasedLine {
  line: number;
  released: string;
}
export class ReleaseResponse {
  reservation: string;
  lines: ReleasedLine[];
}
